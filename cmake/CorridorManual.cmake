# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0

# Completions and manual pages from the program's own declarations, made by the program after it is
# built and installed where shells and man look.
set(manual_dir ${PROJECT_BINARY_DIR}/manual)
add_custom_command(
  OUTPUT ${manual_dir}/made
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/write_manual $<TARGET_FILE:corridor_cli> ${manual_dir}
  DEPENDS corridor_cli ${PROJECT_SOURCE_DIR}/scripts/write_manual
  COMMENT "Writing completions and manual pages" VERBATIM)
add_custom_target(corridor_manual ALL DEPENDS ${manual_dir}/made)

install(DIRECTORY ${manual_dir}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} OPTIONAL)
install(FILES ${manual_dir}/corridor DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        OPTIONAL)
install(FILES ${manual_dir}/_corridor DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions OPTIONAL)
install(FILES ${manual_dir}/corridor.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        OPTIONAL)

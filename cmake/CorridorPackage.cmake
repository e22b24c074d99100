# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0

# Debian packages: `corridor` with the program and its documents, `corridor-dev` with the library.
# scripts/package builds them.
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME corridor)
set(CPACK_PACKAGE_VENDOR "Corridor contributors")
set(CPACK_PACKAGE_CONTACT "Corridor contributors <corridor@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME corridor)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME corridor-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "corridor (= ${PROJECT_VERSION}), libhdf5-dev, libtbb-dev, libssl-dev, libfmt-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Library and headers of corridor")
include(CPack)

# All that the Debian packages hold, and no tests.
add_custom_target(corridor_program DEPENDS corridor_cli corridor)
if(TARGET corridor_manual)
  add_dependencies(corridor_program corridor_manual)
endif()

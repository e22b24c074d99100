# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0

# The installed package: bin/corridor, one static library with the kernels beside it, the public
# headers and never the kernels', and what find_package(corridor) needs.
include(CMakePackageConfigHelpers)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program) # and `development` for who compiles against it
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON) # installing takes what is built; tests need not be

file(GLOB public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/include/corridor/*.hpp)
target_sources(corridor PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/host/include
                                                FILES ${public_headers})
set_target_properties(corridor_kernels PROPERTIES EXPORT_NAME private_kernels)

install(TARGETS corridor corridor_kernels EXPORT corridorTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(TARGETS corridor_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/corridor)
install(EXPORT corridorTargets NAMESPACE corridor:: DESTINATION ${package_dir}
        COMPONENT development)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/corridorConfig.cmake.in
                              ${PROJECT_BINARY_DIR}/corridorConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/corridorConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/corridorConfig.cmake
              ${PROJECT_BINARY_DIR}/corridorConfigVersion.cmake DESTINATION ${package_dir}
        COMPONENT development)

foreach(document README.md CHANGELOG.md LICENSE data/README.md data/results.md data/logs.md data/json.md
                 data/rules/README.md data/rules/state_rules.csv)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${document})
    cmake_path(GET document PARENT_PATH folder)
    install(FILES ${PROJECT_SOURCE_DIR}/${document}
            DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
  endif()
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/data/schemas DESTINATION ${CMAKE_INSTALL_DOCDIR}/data)

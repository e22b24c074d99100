# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0

# What `corridor info` and every results file say of this build. Taken when configuring; the log of
# HEAD changes with each commit and brings about the next configure.
set(CORRIDOR_GIT_REVISION unknown)
find_package(Git QUIET)
if(Git_FOUND AND EXISTS ${PROJECT_SOURCE_DIR}/.git) # and no folder above it
  execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --dirty --abbrev=12 --exclude=*
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                  OUTPUT_VARIABLE described RESULT_VARIABLE failed
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(failed EQUAL 0)
    set(CORRIDOR_GIT_REVISION ${described})
  endif()
  if(EXISTS ${PROJECT_SOURCE_DIR}/.git/logs/HEAD)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/.git/logs/HEAD)
  endif()
endif()

set_source_files_properties(${PROJECT_SOURCE_DIR}/host/info.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON COMPILE_DEFINITIONS
  "CORRIDOR_VERSION=\"${PROJECT_VERSION}\";CORRIDOR_GIT_REVISION=\"${CORRIDOR_GIT_REVISION}\";\
CORRIDOR_COMPILER=\"${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}\";\
CORRIDOR_BUILD_TYPE=\"${CMAKE_BUILD_TYPE}\";CORRIDOR_BUILT_WITH_CUDA=$<BOOL:${CORRIDOR_HAVE_CUDA}>")

# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0

# What every target of ours is compiled with; never exported.
add_library(corridor_private_flags INTERFACE)
target_compile_features(corridor_private_flags INTERFACE cxx_std_20)
target_compile_options(corridor_private_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Werror>
  # g++ 12 sees overlap in "text" + std::string at -O3 where there is none (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:$<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>>
  # An implied fused multiply-add would make results depend on the compiler and its flags.
  $<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off>)
if(CORRIDOR_SANITIZE)
  target_compile_options(corridor_private_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${CORRIDOR_SANITIZE};-fno-omit-frame-pointer>)
  target_link_options(corridor_private_flags INTERFACE -fsanitize=${CORRIDOR_SANITIZE})
endif()

# corridor_test(NAME name LABELS label... SOURCES file... [LIBRARIES target...])
function(corridor_test)
  cmake_parse_arguments(ARG "" "NAME" "LABELS;SOURCES;LIBRARIES" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE corridor_private_flags ${ARG_LIBRARIES} GTest::gmock
                                            GTest::gtest_main)
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                               ${PROJECT_BINARY_DIR}/tests)
  gtest_discover_tests(${ARG_NAME} PROPERTIES LABELS "${ARG_LABELS}" DISCOVERY_TIMEOUT 60)
endfunction()

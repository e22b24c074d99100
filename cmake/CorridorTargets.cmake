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
  if(CORRIDOR_SANITIZE MATCHES thread)
    target_include_directories(corridor_private_flags BEFORE INTERFACE ${PROJECT_SOURCE_DIR}/tests/tsan)
  endif()
endif()

# corridor_precompile(TARGET [header...]): standard headers and those of others that many of its
# sources include; none of ours, whose changes would compile everything again. Every source still
# includes what it uses. Only where the tests are built too: g++ 12 takes code of precompiled headers
# for ours in its warnings, and at other flags than CI's it may see mistakes where there are none.
function(corridor_precompile target)
  if(NOT CORRIDOR_TESTS OR CORRIDOR_SANITIZE)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <cmath> <cstddef> <cstdint> <filesystem> <functional> <limits> <map>
    <memory> <numeric> <optional> <set> <span> <string> <string_view> <utility> <variant> <vector>
    ${ARGN})
endfunction()

# corridor_compiled_apart(TARGET source...): sources with flags of their own, which what is
# precompiled for the others does not fit.
function(corridor_compiled_apart target)
  set_source_files_properties(${ARGN} TARGET_DIRECTORY ${target}
                              PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# What tests are compiled with: less optimized than the library that they test, which most of their
# time is spent in, and with GoogleTest and standard headers compiled once for all.
set(corridor_test_optimization $<$<NOT:$<CONFIG:Debug>>:-O1>)
function(corridor_test_headers)
  file(CONFIGURE OUTPUT test_headers.cpp CONTENT "")
  add_library(corridor_test_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp)
  target_link_libraries(corridor_test_headers PRIVATE corridor_private_flags GTest::gmock
                                                      GTest::gtest_main)
  target_compile_options(corridor_test_headers PRIVATE ${corridor_test_optimization})
  corridor_precompile(corridor_test_headers <gmock/gmock.h> <gtest/gtest.h>)
endfunction()

# corridor_test(NAME name LABELS label... SOURCES file... [LIBRARIES target...] [COMPUTES])
# COMPUTES: its own code is most of its time, or is compiled like the library's.
function(corridor_test)
  cmake_parse_arguments(ARG "COMPUTES" "NAME" "LABELS;SOURCES;LIBRARIES" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  if(NOT ARG_COMPUTES)
    target_compile_options(${ARG_NAME} PRIVATE ${corridor_test_optimization})
    if(NOT CORRIDOR_SANITIZE)
      target_precompile_headers(${ARG_NAME} REUSE_FROM corridor_test_headers)
    endif()
  endif()
  target_link_libraries(${ARG_NAME} PRIVATE corridor_private_flags ${ARG_LIBRARIES} GTest::gmock
                                            GTest::gtest_main)
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                               ${PROJECT_BINARY_DIR}/tests)
  gtest_discover_tests(${ARG_NAME} PROPERTIES LABELS "${ARG_LABELS}" DISCOVERY_TIMEOUT 60)
endfunction()

# How a component is declared. One line in its CMakeLists.txt:
#
#   ballast_component(casework NEEDS base db auth audit LIBRARIES fmt::fmt)
#
# All *.cpp of the folder make one static library, all *_test.cpp one test program `<name>_test`
# whose tests ctest lists one by one. NEEDS names other components; LIBRARIES names what comes
# from outside. tools/check_layers.py holds every #include against NEEDS.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON)  # TRY is a statement expression
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -fno-omit-frame-pointer)

# The cache finds what another clone put there, and what includes a precompiled header.
find_program(CCACHE ccache)
if(CCACHE)
  set(launcher env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

find_package(fmt REQUIRED)  # named by many components

# GoogleTest's headers and the standard library's are read once for all tests. Not for the components: each of their
# sources must show that its header includes what it uses (tools/check_headers.py), and would gain little.
option(BALLAST_PRECOMPILE "Precompile the headers that every test includes" ON)
if(BALLAST_TESTS AND BALLAST_PRECOMPILE)
  add_executable(precompiled_tests cmake/precompiled_tests.cpp)  # a program, as the tests are: compiled with -fPIE
  target_link_libraries(precompiled_tests PRIVATE fmt::fmt GTest::gmock GTest::gtest GTest::gtest_main)
  target_precompile_headers(precompiled_tests PRIVATE <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>
    <algorithm> <array> <atomic> <charconv> <chrono> <compare> <condition_variable> <cstdint> <cstring>
    <deque> <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream>
    <string> <string_view> <thread> <unordered_map> <unordered_set> <utility> <variant> <vector>)
endif()

# Tests, and components declared LIGHTLY that run once in a request or a command, are compiled with -O1, which costs a
# quarter less than -O2. (Not -O0: the linker may keep its slow copies of the standard library's templates for all.)
function(ballast_compile_lightly target)
  if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

function(ballast_component name)
  cmake_parse_arguments(ARG "LIGHTLY" "" "NEEDS;LIBRARIES;TEST_NEEDS;TEST_LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "*.cpp")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  get_filename_component(layer "${CMAKE_CURRENT_SOURCE_DIR}" DIRECTORY)
  if(sources)
    add_library(${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${name} ${scope} "${layer}")
  target_link_libraries(${name} ${scope} ${ARG_NEEDS} ${ARG_LIBRARIES})
  if(ARG_LIGHTLY)
    ballast_compile_lightly(${name})
  endif()
  if(tests AND BALLAST_TESTS)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} ${ARG_TEST_NEEDS} ${ARG_TEST_LIBRARIES})
    ballast_gtest(${name}_test)
  endif()
endfunction()

# A program of GoogleTest's tests, listed one by one by ctest.
function(ballast_gtest target)
  target_link_libraries(${target} PRIVATE fmt::fmt GTest::gmock GTest::gtest GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE BALLAST_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  ballast_compile_lightly(${target})
  if(BALLAST_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM precompiled_tests)
  endif()
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60)
endfunction()

# ballast_embed(target SYMBOL name FILES a b c): puts the files into the target, to be read as
# `ballast::embedded::name()`, a sequence of {name, bytes}; declared in the generated header
# "embedded/<name>.h". The bytes stay in the program file (.incbin); nothing is copied at start.
function(ballast_embed target)
  cmake_parse_arguments(ARG "" "SYMBOL;BASE" "FILES" ${ARGN})
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  set(list_file "${out}/${ARG_SYMBOL}.list")
  string(REPLACE ";" "\n" lines "${ARG_FILES}")
  file(GENERATE OUTPUT "${list_file}" CONTENT "${lines}\n")
  add_custom_command(
    OUTPUT "${out}/${ARG_SYMBOL}.cpp" "${out}/${ARG_SYMBOL}.h"
    COMMAND python3 "${CMAKE_SOURCE_DIR}/tools/embed.py" "${ARG_SYMBOL}" "${ARG_BASE}" "${list_file}" "${out}"
    DEPENDS "${CMAKE_SOURCE_DIR}/tools/embed.py" "${list_file}" ${ARG_FILES}
    VERBATIM)
  target_sources(${target} PRIVATE "${out}/${ARG_SYMBOL}.cpp")
  get_filename_component(parent "${out}" DIRECTORY)
  target_include_directories(${target} PUBLIC "${parent}")
endfunction()

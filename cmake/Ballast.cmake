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

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

find_package(fmt REQUIRED)  # named by many components

function(ballast_component name)
  cmake_parse_arguments(ARG "" "" "NEEDS;LIBRARIES;TEST_NEEDS;TEST_LIBRARIES" ${ARGN})
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
  if(tests AND BALLAST_TESTS)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} ${ARG_TEST_NEEDS} ${ARG_TEST_LIBRARIES} GTest::gmock GTest::gtest GTest::gtest_main)
    target_compile_definitions(${name}_test PRIVATE BALLAST_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60)
  endif()
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

# Public reference data (holidays, divisions, old county codes) comes from pinned npm packages at build
# time; nothing of it is kept in the tree. Including this file makes sure that they are there:
#
#   include(ReferenceData)
#   ${BALLAST_REFERENCE_DATA}/chinese-days/dist/chinese-days.json
#
# `npm ci` runs once, and again only when the lock file changes. Several build folders may configure at
# the same moment, so it runs under a file lock.

set(BALLAST_REFERENCE_DATA "${CMAKE_SOURCE_DIR}/tools/npm/node_modules")

function(ballast_fetch_reference_data)
  set(folder "${CMAKE_SOURCE_DIR}/tools/npm")
  set(stamp "${BALLAST_REFERENCE_DATA}/.installed-lock-hash")
  file(SHA256 "${folder}/package-lock.json" wanted)
  set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}/package-lock.json")

  file(LOCK "${CMAKE_SOURCE_DIR}/tools/npm/install.tmp" GUARD FUNCTION TIMEOUT 600)
  set(present "")
  if(EXISTS "${stamp}")
    file(READ "${stamp}" present)
  endif()
  if(present STREQUAL wanted)
    return()
  endif()

  find_program(NPM npm REQUIRED)
  message(STATUS "Fetching reference data (npm ci in tools/npm)")
  execute_process(
    COMMAND "${NPM}" ci --no-audit --no-fund --ignore-scripts
    WORKING_DIRECTORY "${folder}"
    RESULT_VARIABLE failed
    ERROR_VARIABLE said
    OUTPUT_QUIET)
  if(failed)
    message(FATAL_ERROR "The public reference data could not be fetched: `npm ci` in tools/npm said\n${said}\n"
                        "A network or a registry mirror is needed once; afterwards builds work offline.")
  endif()
  file(WRITE "${stamp}" "${wanted}")
endfunction()

ballast_fetch_reference_data()

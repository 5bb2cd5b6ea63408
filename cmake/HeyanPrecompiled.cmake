# heyan_precompiled(TARGET)        a module's sources find the standard library read already: nearly half of what g++ does
# heyan_precompiled_test(TARGET)   the same for programs of tests, with GoogleTest
#
# Nothing of ours is precompiled, so that a changed header rebuilds what includes it and no more. Every file still names
# what it uses: where HEYAN_PRECOMPILED is OFF (clang's, tsan and debug) each is compiled by itself, where it is TESTS (asan)
# each of a module.
set(HEYAN_PRECOMPILED ON CACHE STRING "Read the standard library once for all: ON, TESTS or OFF")

# Without <filesystem>: its std::quoted would be a second meaning of a name of ours.
set(standard_headers
  <algorithm> <array> <charconv> <chrono> <cstdint> <cstring> <expected> <functional> <iterator> <map> <memory> <optional>
  <ranges> <set> <span> <string> <string_view> <system_error> <utility> <variant> <vector>)

# How modules are compiled, and how programs of tests: what is precompiled fits one way of compiling only.
if(HEYAN_PRECOMPILED STREQUAL "ON")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/precompiled/empty.cc CONTENT "")
  add_library(heyan_precompiled_modules OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/generated/precompiled/empty.cc)
  target_link_libraries(heyan_precompiled_modules PRIVATE heyan_options)
  target_precompile_headers(heyan_precompiled_modules PRIVATE ${standard_headers})
endif()
if(HEYAN_PRECOMPILED AND HEYAN_TESTS)
  find_package(GTest REQUIRED)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/precompiled/main.cc CONTENT "int main() { return 0; }\n")
  add_executable(heyan_precompiled_tests EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/generated/precompiled/main.cc)
  target_link_libraries(heyan_precompiled_tests PRIVATE heyan_options GTest::gmock)
  heyan_test_code(heyan_precompiled_tests)
  target_precompile_headers(heyan_precompiled_tests PRIVATE ${standard_headers} <gmock/gmock.h> <gtest/gtest.h>)
endif()

# Targets whose libraries ask for options of their own (-pthread of Pango's) set DISABLE_PRECOMPILE_HEADERS.
function(heyan_precompiled target)
  if(HEYAN_PRECOMPILED STREQUAL "ON")
    target_precompile_headers(${target} REUSE_FROM heyan_precompiled_modules)
  endif()
endfunction()

function(heyan_precompiled_test target)
  if(HEYAN_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM heyan_precompiled_tests)
  endif()
endfunction()

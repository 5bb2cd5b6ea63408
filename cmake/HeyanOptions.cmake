# Compiler settings: C++23, hardening, sanitizers on request (heyan_build), and warnings as errors (heyan_options).
# Our own targets use heyan_options; generated code uses heyan_build, so that every object of a program is
# instrumented and hardened alike, and nobody's warnings are ours.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
include(CheckPIESupported)
check_pie_supported()

# Line tables are enough for stack traces of release builds, and halve what the linker has to move.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

set(HEYAN_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=")
option(HEYAN_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)
option(HEYAN_COVERAGE "Instrument for coverage" OFF)

# A cache of compiled objects makes a second build quick; absent, nothing changes.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # What is precompiled holds no time and no macro that would make one object pass for another.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

add_library(heyan_build INTERFACE)
target_compile_options(heyan_build INTERFACE
  -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero)
target_compile_definitions(heyan_build INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(heyan_build INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(HEYAN_SANITIZE)
  target_compile_options(heyan_build INTERFACE
    -fsanitize=${HEYAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(heyan_build INTERFACE -fsanitize=${HEYAN_SANITIZE})
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
  # Fortified functions hide their arguments from the sanitizers, so it is one or the other.
  target_compile_options(heyan_build INTERFACE
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:HEYAN_TEST_CODE>>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>)
endif()
if(HEYAN_FUZZ)
  target_compile_options(heyan_build INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(HEYAN_COVERAGE)
  target_compile_options(heyan_build INTERFACE --coverage)
  target_link_options(heyan_build INTERFACE --coverage)
endif()

add_library(heyan_options INTERFACE)
target_link_libraries(heyan_options INTERFACE heyan_build)
target_include_directories(heyan_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(heyan_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # clang 19 blames the caller for the casts inside OpenSSL's macros.
  target_compile_options(heyan_options INTERFACE -Wcast-qual)
else()
  # clang 19 reports what libstdc++ 12's stable_sort uses itself; g++ reports what we use.
  target_compile_options(heyan_options INTERFACE -Wno-deprecated-declarations)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 at -O2 reports these inside std::vector and std::string themselves (inlined insert and append);
  # AddressSanitizer looks for the real ones in every run of the tests.
  target_compile_options(heyan_options INTERFACE
    -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict -Wno-maybe-uninitialized)
endif()

# What only runs tests is not worth the optimiser's time: a third of a build. What it links is optimised as ever.
function(heyan_test_code target)
  if(HEYAN_SANITIZE OR CMAKE_BUILD_TYPE MATCHES "Rel")
    set_target_properties(${target} PROPERTIES HEYAN_TEST_CODE ON)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

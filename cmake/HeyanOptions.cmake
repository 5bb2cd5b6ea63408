# Compiler settings of every target: C++23, warnings as errors, hardening, sanitizers on request.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
include(CheckPIESupported)
check_pie_supported()

set(HEYAN_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=")
option(HEYAN_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)
option(HEYAN_COVERAGE "Instrument for coverage" OFF)

# A cache of compiled objects makes a second build quick; absent, nothing changes.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(heyan_options INTERFACE)
target_include_directories(heyan_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(heyan_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wimplicit-fallthrough
  -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
  -ftrivial-auto-var-init=zero)
target_compile_definitions(heyan_options INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(heyan_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(HEYAN_SANITIZE)
  target_compile_options(heyan_options INTERFACE
    -fsanitize=${HEYAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(heyan_options INTERFACE -fsanitize=${HEYAN_SANITIZE})
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
  target_compile_options(heyan_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
if(HEYAN_FUZZ)
  target_compile_options(heyan_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(HEYAN_COVERAGE)
  target_compile_options(heyan_options INTERFACE --coverage)
  target_link_options(heyan_options INTERFACE --coverage)
endif()

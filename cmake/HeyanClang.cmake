# heyan_with_clang(TARGET...)   compiles these targets with clang 19 whatever compiles the rest.
#
# g++ 12.2 silently miscompiles coroutines (`if (co_await x())` loses the rest of the body; braces and capturing lambdas in
# such an expression are destroyed twice), so what holds coroutines is clang's. Both use the same libstdc++ and the same
# ABI, and g++ links. A compiler launcher is a property of one target and leaves generator, dependencies, cache and the rest
# of the build as they are; a nested build would configure everything twice and could not share targets.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  find_program(HEYAN_CLANG NAMES clang++-19 REQUIRED)
endif()

function(heyan_with_clang)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  foreach(target ${ARGN})
    set_target_properties(${target} PROPERTIES
      CXX_COMPILER_LAUNCHER "${CMAKE_SOURCE_DIR}/cmake/with_clang;${CMAKE_CXX_COMPILER_LAUNCHER};${HEYAN_CLANG};--"
      DISABLE_PRECOMPILE_HEADERS ON)
  endforeach()
endfunction()

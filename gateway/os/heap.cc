#include "gateway/os/heap.h"

#include <malloc.h>

namespace heyan::os {

void keep_heap_small() {
  constexpr int kHeaps = 2;
  constexpr int kLargeBytes = 128 << 10;
  ::mallopt(M_ARENA_MAX, kHeaps);
  // Each of its own: as glibc begins, but then it would raise both.
  ::mallopt(M_MMAP_THRESHOLD, kLargeBytes);
  ::mallopt(M_TRIM_THRESHOLD, kLargeBytes);
}

void give_back_unused() { static_cast<void>(::malloc_trim(0)); }

}  // namespace heyan::os

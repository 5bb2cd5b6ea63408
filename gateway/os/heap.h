// How the allocator of a program that runs for months keeps its memory.
#pragma once

namespace heyan::os {

// Else glibc keeps a heap for each of many threads, each as large as what was asked of it at once,
// and after the first large buffer takes all others from a heap, too, where what is small and stays
// keeps their room from being given back. Once, at the beginning of a program, before its threads.
// Source: mallopt(3).
void keep_heap_small();

// What the allocator keeps of freed pages between pages in use, back to the system: in months that
// would be most. A millisecond or two; for each minute. Any thread. Source: malloc_trim(3).
void give_back_unused();

}  // namespace heyan::os

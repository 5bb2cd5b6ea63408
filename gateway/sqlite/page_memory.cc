#include "gateway/sqlite/page_memory.h"

#include <sqlite3.h>

#include <array>
#include <cstddef>

namespace heyan::sqlite {
namespace {

// Two caches of the default size (2 MB); what is beyond comes from the heap. A slot holds a page of
// 4096 bytes and SQLite's header of it (264 bytes in 3.40; SQLITE_CONFIG_PCACHE_HDRSZ).
constexpr int kSlots = 1024;
constexpr int kSlotBytes = 4096 + 320;

bool configure() {
  alignas(8) static std::array<std::byte, std::size_t{kSlots} * kSlotBytes> slots;
  int header = 0;
  return sqlite3_config(SQLITE_CONFIG_PCACHE_HDRSZ, &header) == SQLITE_OK &&
         header + 4096 <= kSlotBytes &&
         sqlite3_config(SQLITE_CONFIG_PAGECACHE, slots.data(), kSlotBytes, kSlots) == SQLITE_OK;
}

}  // namespace

void give_page_memory() {
  // Refused where SQLite was begun already: then pages come from the heap, as without it.
  static const bool given = configure();
  static_cast<void>(given);
}

}  // namespace heyan::sqlite

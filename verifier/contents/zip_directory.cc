#include "verifier/contents/zip_directory.h"

#include <algorithm>

#include "verifier/contents/zip_format.h"
#include "verifier/contents/zip_rules.h"
#include "verifier/core/text.h"

namespace heyan::contents {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint32_t kZip64EndRecord = 0x06064b50;
constexpr std::uint32_t kZip64Locator = 0x07064b50;
constexpr std::uint64_t kCentralHeaderBytes = 46;
constexpr std::uint64_t kEndRecordBytes = 22;
constexpr std::uint64_t kZip64EndRecordBytes = 56;
constexpr std::uint64_t kZip64LocatorBytes = 20;
constexpr std::uint64_t kMaxCommentBytes = 0xffff;
constexpr std::uint64_t kMaxDirectoryBytes = 64u << 20;
constexpr std::string_view kTooShort = "too short for a zip archive";
constexpr std::string_view kNoEndRecord = "not a zip archive: it has no end record";
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint16_t kHasDescriptor = 1u << 3;

// Little-endian numbers of a structure whose length has been checked.
std::uint64_t number(ByteView bytes, std::size_t at, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i > 0; --i) value = value << 8 | bytes[at + i - 1];
  return value;
}
std::uint16_t u16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number(bytes, at, 2));
}
std::uint32_t u32(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(number(bytes, at, 4));
}
std::uint64_t u64(ByteView bytes, std::size_t at) { return number(bytes, at, 8); }

Result<Bytes> read_exactly(const ByteSource& source, std::uint64_t offset, std::uint64_t count) {
  if (offset > source.size() || count > source.size() - offset) {
    return fail(ErrorCode::kTruncated, "the archive ends within a structure");
  }
  Bytes bytes(static_cast<std::size_t>(count));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    HEYAN_TRY(const std::size_t got,
              source.read_at(offset + filled, std::span(bytes).subspan(filled)));
    if (got == 0) return fail(ErrorCode::kChanged, "the archive became shorter while it was read");
    filled += got;
  }
  return bytes;
}

// Where the directory lies and how many headers it has.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t count = 0;
  std::uint64_t end = 0;  // of the directory: where its end record begins
};

// The one end record (4.3.16). Its signature must not occur after it, nor may an earlier one be an
// end record with a comment that reaches the end: another reader would take that one.
Result<std::uint64_t> find_end_record(const ByteSource& source, Bytes& record) {
  const std::uint64_t size = source.size();
  if (size < kEndRecordBytes) return fail(ErrorCode::kMalformed, kTooShort);
  const std::uint64_t length = std::min(size, kEndRecordBytes + kMaxCommentBytes);
  HEYAN_TRY(const Bytes tail, read_exactly(source, size - length, length));
  std::optional<std::size_t> last;
  for (std::size_t at = tail.size() - kEndRecordBytes + 1; at-- > 0;) {
    if (u32(tail, at) != kEndRecord) continue;
    const bool fits = at + kEndRecordBytes + u16(tail, at + 20) == tail.size();
    if (fits == last.has_value()) {
      return fail(ErrorCode::kMalformed,
                  fits ? "the archive has two end records" : "bytes follow the end of the archive");
    }
    if (fits) last = at;
  }
  if (!last) return fail(ErrorCode::kMalformed, kNoEndRecord);
  record = core::to_bytes(ByteView(tail).subspan(*last, kEndRecordBytes));
  return size - length + *last;
}

// Zip64 end record (4.3.14) right before its locator (4.3.15), which stands right before the end
// record.
// Each number of the end record is the same or says "look there" with all bits set.
Result<Extent> read_zip64_extent(const ByteSource& source, std::uint64_t end_record,
                                 ByteView record) {
  constexpr std::uint64_t kBoth = kZip64EndRecordBytes + kZip64LocatorBytes;
  if (end_record < kBoth) return fail(ErrorCode::kMalformed, "no Zip64 end record");
  const std::uint64_t at = end_record - kBoth;
  HEYAN_TRY(const Bytes bytes, read_exactly(source, at, kBoth));
  const ByteView locator = ByteView(bytes).subspan(kZip64EndRecordBytes);
  if (u32(bytes, 0) != kZip64EndRecord || u32(locator, 0) != kZip64Locator ||
      u64(locator, 8) != at || u64(bytes, 4) != kZip64EndRecordBytes - 12) {
    return fail(ErrorCode::kMalformed, "Zip64 end record and locator do not fit");
  }
  if (u32(locator, 4) != 0 || u32(locator, 16) > 1 || u32(bytes, 16) != 0 || u32(bytes, 20) != 0 ||
      u64(bytes, 24) != u64(bytes, 32)) {
    return fail(ErrorCode::kUnsupported, "the archive spans several disks");
  }
  const Extent extent{
      .offset = u64(bytes, 48), .size = u64(bytes, 40), .count = u64(bytes, 32), .end = at};
  const bool agrees = (u32(record, 16) == 0xffffffff || u32(record, 16) == extent.offset) &&
                      (u32(record, 12) == 0xffffffff || u32(record, 12) == extent.size) &&
                      (u16(record, 10) == 0xffff || u16(record, 10) == extent.count);
  if (!agrees) return fail(ErrorCode::kMalformed, "the two end records contradict each other");
  return extent;
}

// Some readers follow a locator even where the end record needs none.
Result<bool> has_locator(const ByteSource& source, std::uint64_t end_record) {
  if (end_record < kZip64LocatorBytes) return false;
  HEYAN_TRY(const Bytes bytes, read_exactly(source, end_record - kZip64LocatorBytes, 4));
  return u32(bytes, 0) == kZip64Locator;
}

Result<Extent> read_extent(const ByteSource& source, const core::Limits& limits) {
  Bytes record;
  HEYAN_TRY(const std::uint64_t at, find_end_record(source, record));
  Extent extent{
      .offset = u32(record, 16), .size = u32(record, 12), .count = u16(record, 10), .end = at};
  HEYAN_TRY(const bool zip64, has_locator(source, at));
  if (zip64) {
    HEYAN_TRY(extent, read_zip64_extent(source, at, record));
  } else if (u16(record, 4) != 0 || u16(record, 6) != 0 || u16(record, 8) != extent.count) {
    return fail(ErrorCode::kUnsupported, "the archive spans several disks");
  }
  if (extent.count > limits.zip_entries) return fail(ErrorCode::kLimit, "too many entries");
  if (extent.size > kMaxDirectoryBytes)
    return fail(ErrorCode::kLimit, "the directory is too large");
  if (extent.offset > extent.end || extent.end - extent.offset != extent.size) {
    return fail(ErrorCode::kMalformed, "the directory does not end where its end record begins");
  }
  return extent;
}

// Zip64 extended information (4.5.3): values for those of the three fields that are saturated, in
// this order.
Result<void> apply_zip64(ByteView extra, RawEntry& entry) {
  bool found = false;
  while (!extra.empty()) {
    if (extra.size() < 4 || u16(extra, 2) > extra.size() - 4) {
      return fail(ErrorCode::kMalformed, "extra fields do not fit their length");
    }
    ByteView data = extra.subspan(4, u16(extra, 2));
    if (u16(extra, 0) == kZip64Extra) {
      if (found) return fail(ErrorCode::kDuplicate, "two Zip64 extra fields");
      found = true;
      for (std::uint64_t* field : {&entry.size, &entry.packed, &entry.offset}) {
        if (*field != 0xffffffff) continue;
        if (data.size() < 8) return fail(ErrorCode::kTruncated, "Zip64 extra field too short");
        *field = u64(data, 0);
        data = data.subspan(8);
      }
    }
    extra = extra.subspan(4 + u16(extra, 2));
  }
  return {};
}

// Takes one central header off the front of `bytes`.
Result<RawEntry> take_entry(ByteView& bytes) {
  if (bytes.size() < kCentralHeaderBytes || u32(bytes, 0) != kCentralHeader) {
    return fail(ErrorCode::kMalformed, "the directory does not hold as many entries as it says");
  }
  const std::size_t name = u16(bytes, 28);
  const std::size_t extra = u16(bytes, 30);
  const std::size_t all = kCentralHeaderBytes + name + extra + u16(bytes, 32);
  if (all > bytes.size()) return fail(ErrorCode::kTruncated, "a directory entry is cut off");
  if (u16(bytes, 34) != 0) return fail(ErrorCode::kUnsupported, "the archive spans several disks");
  RawEntry entry{.name = core::to_string(bytes.subspan(kCentralHeaderBytes, name)),
                 .flags = u16(bytes, 8),
                 .method = u16(bytes, 10),
                 .packed = u32(bytes, 20),
                 .size = u32(bytes, 24),
                 .offset = u32(bytes, 42),
                 .attributes = u32(bytes, 38)};
  HEYAN_CHECK_OK(apply_zip64(bytes.subspan(kCentralHeaderBytes + name, extra), entry));
  bytes = bytes.subspan(all);
  return entry;
}

// Where the data of an entry ends, after its local header (4.3.7).
Result<std::uint64_t> end_of_data(const ByteSource& source, const RawEntry& entry) {
  HEYAN_TRY(const Bytes header, read_exactly(source, entry.offset, kLocalHeaderBytes));
  if (u32(header, 0) != kLocalHeader) {
    return fail(ErrorCode::kMalformed, "the directory points to something that is no entry");
  }
  const std::uint64_t data = entry.offset + kLocalHeaderBytes + u16(header, 26) + u16(header, 28);
  if (data > source.size() || entry.packed > source.size() - data) {
    return fail(ErrorCode::kTruncated, "the entry reaches beyond the archive");
  }
  return data + entry.packed;
}

// Each entry begins where the one before ends, the first at 0, and the directory follows the last.
// A data descriptor (4.3.9) may stand between: CRC and two sizes of 4 or 8 bytes, with or without a
// signature.
std::expected<void, ZipFault> check_layout(const ByteSource& source,
                                           const std::vector<RawEntry>& entries,
                                           std::uint64_t directory) {
  std::vector<const RawEntry*> order;
  order.reserve(entries.size());
  for (const RawEntry& entry : entries) order.push_back(&entry);
  std::ranges::sort(order, {}, &RawEntry::offset);
  if ((order.empty() ? directory : order.front()->offset) != 0) {
    return std::unexpected(ZipFault{{ErrorCode::kMalformed, "bytes before the first entry"}, ""});
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const RawEntry& entry = *order[i];
    const auto end = end_of_data(source, entry);
    if (!end) return std::unexpected(ZipFault{end.error(), core::visible(entry.name)});
    const std::uint64_t next = i + 1 < order.size() ? order[i + 1]->offset : directory;
    const std::uint64_t gap = next - *end;  // wraps to something large where entries overlap
    const bool descriptor = (entry.flags & kHasDescriptor) != 0;
    const bool fits = descriptor ? gap == 12 || gap == 16 || gap == 20 || gap == 24 : gap == 0;
    if (!fits) {
      return std::unexpected(
          ZipFault{{ErrorCode::kMalformed, "entries overlap, or bytes stand between them"},
                   core::visible(entry.name),
                   ZipRule::kOverlap});
    }
  }
  return {};
}

}  // namespace

std::expected<std::vector<RawEntry>, ZipFault> read_directory(const ByteSource& source,
                                                              const core::Limits& limits) {
  const auto whole = [](const core::Error& error) { return std::unexpected(ZipFault{error, ""}); };
  const auto extent = read_extent(source, limits);
  if (!extent) {
    const core::Error& error = extent.error();
    const bool other = error.text == kTooShort || error.text == kNoEndRecord;
    const bool many = error.code == ErrorCode::kLimit;
    return std::unexpected(ZipFault{error, "",
                                    other  ? ZipRule::kNoZip
                                    : many ? ZipRule::kEntries
                                           : ZipRule::kStructure});
  }
  const auto bytes = read_exactly(source, extent->offset, extent->size);
  if (!bytes) return whole(bytes.error());
  std::vector<RawEntry> entries;
  ByteView rest = *bytes;
  for (std::uint64_t i = 0; i < extent->count; ++i) {
    auto entry = take_entry(rest);
    if (!entry) return whole(entry.error());
    entries.push_back(*std::move(entry));
  }
  if (!rest.empty()) {
    return whole({ErrorCode::kMalformed, "the directory holds more than the entries it says"});
  }
  if (auto fault = fault_of(entries, source.size(), limits))
    return std::unexpected(*std::move(fault));
  if (auto layout = check_layout(source, entries, extent->offset); !layout) {
    return std::unexpected(std::move(layout).error());
  }
  return entries;
}

}  // namespace heyan::contents

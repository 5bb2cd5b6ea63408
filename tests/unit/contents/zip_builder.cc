#include "tests/unit/contents/zip_builder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace heyan::contents::testing {
namespace {

std::string little_endian(std::uint64_t value, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

// What local and central header share: flags to sizes.
std::string middle(const Part& part) {
  const std::uint64_t length = part.content.size();
  return le16(part.flags) + le16(part.method) + le16(0) + le16(0x5821) +
         le32(part.crc.value_or(crc32_of(part.content))) +
         le32(part.packed.value_or(static_cast<std::uint32_t>(length))) +
         le32(part.size.value_or(static_cast<std::uint32_t>(length)));
}

std::string local_header(const Part& part) {
  const std::string& name = part.local_name ? *part.local_name : part.name;
  return "PK\3\4" + le16(20) + middle(part) + le16(name.size()) + le16(part.local_extra.size()) +
         name + part.local_extra;
}

std::string central_header(const Part& part, std::uint32_t offset) {
  return "PK\1\2" + le16(3 << 8 | 20) + le16(20) + middle(part) + le16(part.name.size()) +
         le16(part.central_extra.size()) + le16(part.comment.size()) + le16(part.disk) + le16(0) +
         le32(part.attributes) + le32(part.offset.value_or(offset)) + part.name +
         part.central_extra + part.comment;
}

// Zip64 end record and locator for a directory at `offset`.
std::string zip64_records(std::uint64_t count, std::uint64_t size, std::uint64_t offset,
                          std::uint64_t at) {
  return "PK\6\6" + le64(44) + le16(45) + le16(45) + le32(0) + le32(0) + le64(count) + le64(count) +
         le64(size) + le64(offset) + "PK\6\7" + le32(0) + le64(at) + le32(1);
}

}  // namespace

std::string le16(std::uint64_t value) { return little_endian(value, 2); }
std::string le32(std::uint64_t value) { return little_endian(value, 4); }
std::string le64(std::uint64_t value) { return little_endian(value, 8); }

std::uint32_t crc32_of(std::string_view content) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : content) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

core::Bytes build_zip(const std::vector<Part>& parts, const Whole& whole) {
  std::string out;
  std::string directory;
  std::uint64_t count = 0;
  for (const Part& part : parts) {
    const std::string& before = part.before;
    out += before;
    const auto offset = static_cast<std::uint32_t>(out.size());
    if (!part.only_in_directory) out += local_header(part) + part.content + part.after;
    if (part.only_local) continue;
    directory += central_header(part, offset);
    ++count;
  }
  out += whole.before_directory;
  const std::uint64_t offset = out.size();
  out += directory + whole.before_end;
  if (whole.zip64) out += zip64_records(count, directory.size(), offset, out.size());
  const std::uint16_t said = whole.count.value_or(static_cast<std::uint16_t>(count));
  out += "PK\5\6" + le16(whole.disk) + le16(whole.disk) + le16(whole.count_here.value_or(said)) +
         le16(said) +
         le32(whole.directory_size.value_or(static_cast<std::uint32_t>(directory.size()))) +
         le32(whole.directory_offset.value_or(static_cast<std::uint32_t>(offset))) +
         le16(whole.comment.size()) + whole.comment + whole.trailing;
  return core::to_bytes(out);
}

std::string deflate_run(std::uint64_t count) {
  std::string out;
  unsigned held = 0;
  int bits = 0;
  const auto put = [&](unsigned value, int width) {  // least significant bit first
    for (int i = 0; i < width; ++i) {
      held |= (value >> i & 1u) << bits;
      if (++bits == 8) {
        out += static_cast<char>(held);
        held = 0;
        bits = 0;
      }
    }
  };
  const auto put_code = [&](unsigned code,
                            int width) {  // Huffman codes: most significant bit first
    for (int i = width - 1; i >= 0; --i) put(code >> i & 1u, 1);
  };
  put(1, 1);  // last block
  put(1, 2);  // fixed Huffman codes
  const auto literal = [&] { put_code(0x30 + 'a', 8); };
  for (std::uint64_t i = 0; i < 1 + (count - 1) % 258; ++i) literal();
  for (std::uint64_t i = 0; i < (count - 1) / 258; ++i) {
    put_code(0xc0 + 285 - 280, 8);  // length 258
    put_code(0, 5);                 // distance 1
  }
  put_code(0, 7);  // end of block
  if (bits > 0) put(0, 8 - bits);
  return out;
}

core::Bytes vector_bytes(const std::string& path) {
  std::ifstream file(std::string(HEYAN_VECTORS "/") + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string opened(const core::Bytes& bytes, const core::Limits& limits) {
  const MemorySource source(bytes);
  const auto archive = ZipArchive::open(source, limits);
  if (archive) return "ok";
  EXPECT_FALSE(archive.error().error.text.empty());
  return std::string(core::name(archive.error().error.code)) +
         (archive.error().entry.empty() ? "" : " " + archive.error().entry);
}

std::string opened(const std::vector<Part>& parts, const Whole& whole, const core::Limits& limits) {
  return opened(build_zip(parts, whole), limits);
}

std::string content_of(ZipArchive& archive, std::string_view name) {
  const auto index = archive.find(name);
  if (!index) return "not there";
  std::string content;
  const auto result = archive.read(*index, [&](core::ByteView chunk) -> core::Result<void> {
    content += core::as_text(chunk);
    return {};
  });
  return result ? content : "error " + std::string(core::name(result.error().code));
}

std::string content_of(const std::vector<Part>& parts, std::string_view name) {
  const core::Bytes bytes = build_zip(parts);
  const MemorySource source(bytes);
  auto archive = ZipArchive::open(source, core::Limits());
  return archive ? content_of(*archive, name) : "did not open";
}

Part deflated(std::string name, std::uint64_t count) {
  return {.name = std::move(name),
          .content = testing::deflate_run(count),
          .method = 8,
          .size = static_cast<std::uint32_t>(count),
          .crc = crc32_of(std::string(count, 'a'))};
}

}  // namespace heyan::contents::testing

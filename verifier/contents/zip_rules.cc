#include "verifier/contents/zip_rules.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "verifier/contents/safe_path.h"
#include "verifier/core/text.h"

namespace heyan::contents {
namespace {

using core::ErrorCode;

constexpr std::uint16_t kEncrypted = 1u << 0;
constexpr std::uint16_t kPatched = 1u << 5;
constexpr std::uint16_t kStronglyEncrypted = 1u << 6;
constexpr std::uint16_t kMasked = 1u << 13;
constexpr std::uint16_t kStore = 0;
constexpr std::uint16_t kDeflate = 8;

// POSIX file types, in the upper half of the external attributes (zero where the writer had none to
// say).
constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kTypeFile = 0100000;
constexpr std::uint32_t kTypeFolder = 0040000;
constexpr std::uint32_t kWindowsReparsePoint = 0x400;  // links of NTFS

// The entry is the caller's to name.
ZipFault breach(ZipRule rule, ErrorCode code, std::string_view text) {
  return {{code, text}, {}, rule};
}

std::string_view without_slash(const RawEntry& entry) {
  std::string_view name = entry.name;
  if (is_folder(entry)) name.remove_suffix(1);
  return name;
}

std::optional<ZipFault> fault_of_kind(const RawEntry& entry) {
  if ((entry.flags & (kEncrypted | kStronglyEncrypted | kMasked)) != 0) {
    return breach(ZipRule::kEncrypted, ErrorCode::kUnsupported,
                  "the entry is encrypted: send it without a password");
  }
  if ((entry.flags & kPatched) != 0)
    return breach(ZipRule::kMethod, ErrorCode::kUnsupported, "the entry is a patch");
  if (entry.method != kStore && entry.method != kDeflate) {
    return breach(ZipRule::kMethod, ErrorCode::kUnsupported,
                  "the compression is neither store nor deflate");
  }
  const std::uint32_t type = entry.attributes >> 16 & kTypeMask;
  const std::uint32_t expected = is_folder(entry) ? kTypeFolder : kTypeFile;
  if ((type != 0 && type != expected) || (entry.attributes & kWindowsReparsePoint) != 0) {
    return breach(ZipRule::kLink, ErrorCode::kUnsupported,
                  "the entry is a link or no plain file: send the file itself");
  }
  return std::nullopt;
}

std::optional<ZipFault> fault_of_size(const RawEntry& entry, const core::Limits& limits) {
  if (is_folder(entry) && entry.size != 0) {
    return breach(ZipRule::kStructure, ErrorCode::kMalformed, "a folder has content");
  }
  if (entry.method == kStore && entry.size != entry.packed) {
    return breach(ZipRule::kHeaders, ErrorCode::kMalformed, "a stored entry has two sizes");
  }
  if (entry.size > limits.file_bytes)
    return breach(ZipRule::kSize, ErrorCode::kLimit, "the entry is too large");
  return std::nullopt;
}

// Why a name is unsafe.
ZipRule rule_of_name(std::string_view name) {
  if (name.contains('\0')) return ZipRule::kNulInName;
  bool is_long = name.size() > kMaxPathBytes;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    is_long = is_long || end - at > kMaxPathPartBytes;
    at = end + 1;
  }
  return is_long ? ZipRule::kLongName : ZipRule::kName;
}

std::optional<ZipFault> fault_of_name(const RawEntry& entry) {
  if (!core::is_utf8(entry.name)) {
    return breach(ZipRule::kEncoding, ErrorCode::kUnsupported,
                  "the name is not UTF-8: make the archive with UTF-8 names");
  }
  if (unsafe_path(without_slash(entry))) {
    return breach(rule_of_name(without_slash(entry)), ErrorCode::kMalformed,
                  "the name is not a plain path beneath the archive's root");
  }
  return std::nullopt;
}

std::string folded(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Names are compared without ASCII case: on some file systems both would be one file. A name that
// is a file cannot be the folder of another.
class Names {
 public:
  std::optional<ZipFault> add(const RawEntry& entry) {
    if (!is_file_.emplace(folded(without_slash(entry)), !is_folder(entry)).second) {
      return breach(ZipRule::kDuplicate, ErrorCode::kDuplicate,
                    "the name stands twice, maybe in another case");
    }
    return std::nullopt;
  }

  std::optional<ZipFault> check_folders(const RawEntry& entry) const {
    const std::string name = folded(without_slash(entry));
    for (auto slash = name.find('/'); slash != std::string::npos;
         slash = name.find('/', slash + 1)) {
      const auto found = is_file_.find(std::string_view(name).substr(0, slash));
      if (found != is_file_.end() && found->second) {
        return breach(ZipRule::kDuplicate, ErrorCode::kDuplicate,
                      "a folder of this name is a file as well");
      }
    }
    return std::nullopt;
  }

 private:
  std::map<std::string, bool, std::less<>> is_file_;
};

ZipFault about(const RawEntry& entry, ZipFault fault) {
  fault.entry = core::visible(entry.name);
  return fault;
}

std::optional<ZipFault> fault_of_total(const std::vector<RawEntry>& entries,
                                       std::uint64_t archive_bytes, const core::Limits& limits) {
  std::uint64_t total = 0;
  for (const RawEntry& entry : entries) {
    if (entry.size > limits.zip_inflated_bytes - total) {
      return breach(ZipRule::kSize, ErrorCode::kLimit, "the entries are too large together");
    }
    total += entry.size;
  }
  if (total / limits.zip_ratio > archive_bytes) {
    return breach(ZipRule::kRatio, ErrorCode::kLimit,
                  "the archive inflates to far more than it stores");
  }
  return std::nullopt;
}

}  // namespace

bool is_folder(const RawEntry& entry) { return entry.name.ends_with('/'); }

std::optional<ZipFault> fault_of(const std::vector<RawEntry>& entries, std::uint64_t archive_bytes,
                                 const core::Limits& limits) {
  Names names;
  for (const RawEntry& entry : entries) {
    auto fault = fault_of_name(entry);
    if (!fault) fault = fault_of_kind(entry);
    if (!fault) fault = fault_of_size(entry, limits);
    if (!fault) fault = names.add(entry);
    if (fault) return about(entry, *std::move(fault));
  }
  for (const RawEntry& entry : entries) {
    if (auto fault = names.check_folders(entry)) return about(entry, *std::move(fault));
  }
  return fault_of_total(entries, archive_bytes, limits);
}

}  // namespace heyan::contents

#include "verifier/uploads/archive.h"

#include <algorithm>
#include <array>
#include <limits>

#include "verifier/contents/file_type.h"
#include "verifier/contents/zip.h"

namespace heyan::uploads {
namespace {

using contents::ZipArchive;
using contents::ZipEntry;
using core::ByteView;
using core::Result;

constexpr std::uint64_t kMostNestedBytes = 64u << 20;  // of an archive in the archive, in memory

constexpr std::array<std::string_view, 6> kPacked = {
    contents::kZip,     contents::kGzip,      "application/vnd.rar", "application/x-7z-compressed",
    "application/x-xz", "application/x-bzip2"};
constexpr std::string_view kDocuments =
    " docx docm dotx xlsx xlsm xltx pptx pptm ppsx odt ods odp odg epub ofd asice asics vsdx ";

bool is_document(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return kDocuments.contains(" " + extension + " ");
}

// What an entry is by its first bytes, and all of it where it is a zip that may be opened.
struct Content {
  core::Bytes head;
  core::Bytes whole;
  bool kept = false;
};

Result<Content> read_entry(ZipArchive& archive, std::size_t index, bool keep) {
  Content content;
  content.kept = keep;
  HEYAN_CHECK_OK(archive.read(index, [&](ByteView chunk) -> Result<void> {
    const std::size_t wanted = contents::kHeadBytes - content.head.size();
    const ByteView first = chunk.first(std::min(wanted, chunk.size()));
    content.head.insert(content.head.end(), first.begin(), first.end());
    if (keep) content.whole.insert(content.whole.end(), chunk.begin(), chunk.end());
    return {};
  }));
  return content;
}

class Walk {
 public:
  explicit Walk(const ArchiveRules& rules)
      : rules_(rules),
        ratio_(std::max<std::uint64_t>(rules.most_ratio, 1)),
        entries_(rules.most_entries),
        bytes_(rules.most_bytes) {}

  void open(const contents::ByteSource& source, std::size_t depth, Archive& found) {
    core::Limits limits;
    limits.zip_entries = entries_;
    limits.zip_inflated_bytes = bytes_;
    limits.file_bytes = bytes_;
    limits.zip_ratio = ratio_;
    auto archive = ZipArchive::open(source, limits);
    if (!archive) {
      found.marks.insert(mark_of(archive.error().rule));
      if (is_limit(archive.error().rule)) look_beyond(source, found);
      return;
    }
    for (std::size_t i = 0; i < archive->entries().size(); ++i) {
      const ZipEntry& entry = archive->entries()[i];
      --entries_;
      bytes_ -= entry.size;
      if (entry.name.size() > rules_.most_name_bytes) found.marks.insert(Mark::kLongName);
      if (entry.is_folder) continue;
      if (entry.size / ratio_ > entry.packed) found.marks.insert(Mark::kRatioLimit);
      if (depth == 1) found.members.push_back(entry.name);
      if (found.marks.empty()) look(*archive, i, depth, found);
    }
  }

 private:
  static bool is_limit(contents::ZipRule rule) {
    using contents::ZipRule;
    return rule == ZipRule::kEntries || rule == ZipRule::kSize || rule == ZipRule::kRatio;
  }

  // What else is wrong with one that passes a limit: it is opened, and nothing is inflated.
  void look_beyond(const contents::ByteSource& source, Archive& found) const {
    constexpr std::uint64_t kAny = std::numeric_limits<std::int64_t>::max();
    core::Limits limits;
    limits.zip_entries = std::max(limits.zip_entries, rules_.most_entries);
    limits.zip_inflated_bytes = kAny;
    limits.file_bytes = kAny;
    limits.zip_ratio = kAny;
    const auto archive = ZipArchive::open(source, limits);
    if (!archive) {
      found.marks.insert(mark_of(archive.error().rule));
      return;
    }
    for (const ZipEntry& entry : archive->entries()) {
      if (entry.size / ratio_ > entry.packed) found.marks.insert(Mark::kRatioLimit);
      if (entry.name.size() > rules_.most_name_bytes) found.marks.insert(Mark::kLongName);
    }
  }

  void look(ZipArchive& archive, std::size_t index, std::size_t depth, Archive& found) {
    const ZipEntry& entry = archive.entries()[index];
    const bool deeper = depth < rules_.most_depth && entry.size <= kMostNestedBytes;
    const auto content = read_entry(archive, index, deeper);
    if (!content) {
      found.marks.insert(Mark::kMalformed);
      return;
    }
    const std::string_view type = contents::media_type_of(content->head);
    const bool packed = std::ranges::find(kPacked, type) != kPacked.end();
    if (!packed || is_document(entry.name)) return;
    if (!deeper || type != contents::kZip) {
      found.marks.insert(Mark::kNestingLimit);
      return;
    }
    open(contents::MemorySource(content->whole), depth + 1, found);
  }

  const ArchiveRules& rules_;
  std::uint64_t ratio_;
  std::size_t entries_;
  std::uint64_t bytes_;
};

}  // namespace

Mark mark_of(contents::ZipRule rule) {
  using contents::ZipRule;
  switch (rule) {
    case ZipRule::kName:
    case ZipRule::kEncoding:
      return Mark::kUnsafeName;
    case ZipRule::kNulInName:
      return Mark::kNulInName;
    case ZipRule::kLongName:
      return Mark::kLongName;
    case ZipRule::kEncrypted:
      return Mark::kEncrypted;
    case ZipRule::kLink:
      return Mark::kLink;
    case ZipRule::kDuplicate:
      return Mark::kDuplicateName;
    case ZipRule::kOverlap:
      return Mark::kOverlap;
    case ZipRule::kHeaders:
      return Mark::kHeadersDiffer;
    case ZipRule::kEntries:
      return Mark::kEntryLimit;
    case ZipRule::kSize:
      return Mark::kSizeLimit;
    case ZipRule::kRatio:
      return Mark::kRatioLimit;
    case ZipRule::kNoZip:
    case ZipRule::kStructure:
    case ZipRule::kMethod:
      break;
  }
  return Mark::kMalformed;
}

Archive check_archive(const contents::ByteSource& source, const ArchiveRules& rules) {
  Archive found;
  if (!rules.allowed) {
    found.marks.insert(Mark::kTypeNotAllowed);
    return found;
  }
  Walk(rules).open(source, 1, found);
  return found;
}

}  // namespace heyan::uploads

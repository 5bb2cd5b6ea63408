// Kinds zip-intake and upload-file of topic courts: verifier/uploads.
#include <algorithm>
#include <array>

#include "tests/vectors/kinds.h"
#include "verifier/contents/byte_source.h"
#include "verifier/crypto/digest.h"
#include "verifier/uploads/upload.h"

namespace heyan::vectors {

std::span<const Kind> courts_upload();

namespace {

using uploads::Mark;

struct Reason {
  Mark mark;
  std::string_view reason;
};
// Facts of FORMAT.md by our marks.
constexpr std::array kReasons = {
    Reason{Mark::kTypeNotAllowed, "TYPE_NOT_ALLOWED"},
    Reason{Mark::kTypeMismatch, "CONTENT_TYPE_MISMATCH"},
    Reason{Mark::kTypeMismatch, "EXTENSION_MISMATCH"},
    Reason{Mark::kMalformed, "MALFORMED"},
    Reason{Mark::kMalformed, "ZIP_DAMAGED"},
    Reason{Mark::kEncrypted, "ENCRYPTED"},
    Reason{Mark::kTrailingData, "TRAILING_DATA"},
    Reason{Mark::kActiveContent, "ACTIVE_CONTENT"},
    Reason{Mark::kExternalReference, "EXTERNAL_REFERENCE"},
    Reason{Mark::kPixelLimit, "PIXEL_LIMIT"},
    Reason{Mark::kUnsafeName, "PATH_TRAVERSAL"},
    Reason{Mark::kNulInName, "NUL_IN_NAME"},
    Reason{Mark::kLongName, "NAME_TOO_LONG"},
    Reason{Mark::kDuplicateName, "DUPLICATE_ENTRY"},
    Reason{Mark::kLink, "LINK_ENTRY"},
    Reason{Mark::kOverlap, "OVERLAP"},
    Reason{Mark::kHeadersDiffer, "HEADER_MISMATCH"},
    Reason{Mark::kEntryLimit, "ENTRY_LIMIT"},
    Reason{Mark::kSizeLimit, "RATIO_LIMIT"},
    Reason{Mark::kRatioLimit, "RATIO_LIMIT"},
    Reason{Mark::kNestingLimit, "NESTING_LIMIT"},
};

void tell(const uploads::Marks& marks, KindResult& result) {
  for (const Mark mark : marks) {
    for (const Reason& row : kReasons) {
      if (row.mark == mark) result.reasons.emplace(row.reason);
    }
  }
}

KindResult missing_input() {
  KindResult result;
  result.result = "no input";
  return result;
}

KindResult run_archive(const KindCase& one) {
  const auto bytes = one.input("archive");
  if (!bytes) return missing_input();
  uploads::ArchiveRules rules;
  rules.allowed = one.flag("archives_allowed").value_or(true);
  const auto limit = [&](std::string_view param, auto& value) {
    using Value = std::remove_reference_t<decltype(value)>;
    if (const auto number = one.number(param)) value = static_cast<Value>(*number);
  };
  limit("max_entries", rules.most_entries);
  limit("max_depth", rules.most_depth);
  limit("max_ratio", rules.most_ratio);
  limit("max_total_bytes", rules.most_bytes);
  limit("max_name_bytes", rules.most_name_bytes);
  uploads::Archive found = uploads::check_archive(contents::MemorySource(*bytes), rules);
  KindResult result;
  result.result = found.marks.empty() ? "accept" : "reject";
  tell(found.marks, result);
  for (const std::string& member : found.members) result.output += member + "\n";
  if (one.param("members") != nullptr) {
    auto expected = one.texts("members");
    std::ranges::sort(expected);
    std::ranges::sort(found.members);
    if (expected != found.members) result.wrong.emplace_back("members");
  }
  return result;
}

std::optional<core::Bytes> decoded(const KindCase& one) {
  auto bytes = one.input("file");
  if (!bytes || one.text("decode") != "base64") return bytes;
  std::string text = core::to_string(*bytes);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return core::from_base64(text);
}

std::string_view result_of(uploads::Judgement judgement) {
  switch (judgement) {
    case uploads::Judgement::kAccept:
      return "accept";
    case uploads::Judgement::kFlag:
      return "flag";
    case uploads::Judgement::kReject:
      break;
  }
  return "reject";
}

KindResult run_file(const KindCase& one) {
  KindResult result;
  if (one.needs("malware-scanner")) {
    result.skipped = "malware-scanner";
    return result;
  }
  const auto bytes = decoded(one);
  if (!bytes) return missing_input();
  const contents::MemorySource source(*bytes);
  const std::string name = one.text("filename");
  const std::string type = one.text("content_type");
  const auto checked =
      uploads::check_upload({.file_name = name, .declared_type = type, .bytes = &source});
  if (!checked) {
    result.result = "error";
    return result;
  }
  result.result = result_of(checked->judgement);
  tell(checked->marks, result);
  if (one.text("sha256") != core::to_hex(crypto::sha256(*bytes))) {
    result.wrong.emplace_back("sha256");
  }
  if (one.param("sniffed_type") != nullptr && one.text("sniffed_type") != checked->media_type) {
    result.wrong.push_back("sniffed_type: " + checked->media_type);
  }
  if (one.param("thumbnail") != nullptr &&
      (one.text("thumbnail") == "refused") == checked->thumbnail) {
    result.wrong.emplace_back("thumbnail");
  }
  return result;
}

constexpr std::array kKinds = {Kind{"zip-intake", run_archive}, Kind{"upload-file", run_file}};

}  // namespace

std::span<const Kind> courts_upload() { return kKinds; }

}  // namespace heyan::vectors

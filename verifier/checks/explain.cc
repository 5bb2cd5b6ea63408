#include "verifier/checks/explain.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "verifier/checks/digests.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::checks {
namespace {

struct ChangeRow {
  v1::Change change;
  std::string_view word;
  v1::ReasonCode code;
};

constexpr std::array kChanges = {
    ChangeRow{v1::CHANGE_LINE_ENDS_TO_LF, "line-ends-to-lf", v1::REASON_LIKELY_LINE_ENDING_OR_BOM},
    ChangeRow{v1::CHANGE_LINE_ENDS_TO_CRLF, "line-ends-to-crlf",
              v1::REASON_LIKELY_LINE_ENDING_OR_BOM},
    ChangeRow{v1::CHANGE_BOM_REMOVED, "bom-removed", v1::REASON_LIKELY_LINE_ENDING_OR_BOM},
    ChangeRow{v1::CHANGE_BOM_ADDED, "bom-added", v1::REASON_LIKELY_LINE_ENDING_OR_BOM},
    ChangeRow{v1::CHANGE_FINAL_LINE_END_REMOVED, "final-line-end-removed",
              v1::REASON_LIKELY_LINE_ENDING_OR_BOM},
    ChangeRow{v1::CHANGE_FINAL_LINE_END_ADDED, "final-line-end-added",
              v1::REASON_LIKELY_LINE_ENDING_OR_BOM},
    ChangeRow{v1::CHANGE_LATER_SAVES_REMOVED, "later-saves-removed", v1::REASON_LIKELY_PDF_RESAVED},
    ChangeRow{v1::CHANGE_TAKEN_FROM_ARCHIVE, "taken-from-archive",
              v1::REASON_CONTENT_DIFFERS_CONTAINER_ONLY},
    ChangeRow{v1::CHANGE_METADATA_REMOVED, "metadata-removed", v1::REASON_LIKELY_METADATA_ADDED},
    ChangeRow{v1::CHANGE_AS_BASE64, "file-as-base64", v1::REASON_LIKELY_HASHED_AS_TEXT},
    ChangeRow{v1::CHANGE_AS_HEX_LOWER, "file-as-hex", v1::REASON_LIKELY_HASHED_AS_TEXT},
    ChangeRow{v1::CHANGE_AS_HEX_UPPER, "file-as-upper-case-hex", v1::REASON_LIKELY_HASHED_AS_TEXT},
};

// Names that a candidate's digest may have; a box could write anything.
constexpr std::array<std::string_view, 8> kAlgorithms = {
    "md5", "sha-1", "sha-256", "sha-384", "sha-512", "sm3", "sha3-256", "keccak-256"};

constexpr std::uint32_t kCommonQuality = 95;  // cameras use the standard tables above it, too

using Causes = std::vector<PossibleCause>;

void add(Causes& causes, PossibleCause cause) {
  if (std::ranges::find(causes, cause.code, &PossibleCause::code) == causes.end()) {
    causes.push_back(std::move(cause));
  }
}

std::optional<std::string_view> algorithm_in(const v1::Candidate& candidate,
                                             const std::string& recorded) {
  for (const v1::NamedDigest& digest : candidate.digests()) {
    const auto known = std::ranges::find(kAlgorithms, std::string_view(digest.algorithm()));
    if (digest.value() == recorded && known != kAlgorithms.end()) return *known;
  }
  return std::nullopt;
}

// Nothing where the changes are none that are known, or do not belong together.
std::optional<PossibleCause> cause_of(const v1::Candidate& candidate) {
  PossibleCause cause;
  std::string words;
  for (const int change : candidate.changes()) {
    const auto row =
        std::ranges::find(kChanges, static_cast<v1::Change>(change), &ChangeRow::change);
    if (row == kChanges.end()) return std::nullopt;
    if (cause.code != v1::REASON_NONE && cause.code != row->code) return std::nullopt;
    cause.code = row->code;
    if (!words.empty()) words += ',';
    words += row->word;
  }
  if (candidate.changes_size() > static_cast<int>(kChanges.size())) return std::nullopt;
  cause.params.emplace_back("change", words);
  if (candidate.number() != 0) {
    cause.params.emplace_back("number", std::to_string(candidate.number()));
  }
  cause.params.emplace_back("size", std::to_string(candidate.size()));
  return cause;
}

bool is_measured(std::string_view algorithm, const v1::Measured& measured) {
  return std::ranges::any_of(measured.digests(), [&](const v1::MeasuredDigest& digest) {
    return algorithm_name(digest.algorithm()) == algorithm;
  });
}

void add_exact(const v1::Digest& recorded, const v1::Measured& measured,
               const v1::ContentFacts& contents, Causes& causes) {
  for (const v1::Candidate& candidate : contents.candidates()) {
    const auto algorithm = algorithm_in(candidate, recorded.value());
    if (!algorithm) continue;
    if (candidate.changes().empty()) {
      // Of what was measured here nobody else need tell.
      if (is_measured(*algorithm, measured)) continue;
      add(causes, {.code = v1::REASON_LIKELY_OTHER_ALGORITHM,
                   .params = {{"equals", std::string(*algorithm)}}});
    } else if (auto cause = cause_of(candidate)) {
      cause->params.emplace_back("equals", std::string(*algorithm));
      add(causes, *std::move(cause));
    }
  }
}

std::string upper_case(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// What platforms make of a fingerprint before they record it: computed here from what was measured,
// no box needed.
void add_of_fingerprint(const v1::Digest& recorded, const v1::Measured& measured, Causes& causes) {
  const auto hash = hash_of(recorded.algorithm());
  if (!hash) return;
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    if (digest.first() != digest.second()) continue;
    const std::string_view algorithm = algorithm_name(digest.algorithm());
    if (digest.first() == recorded.value()) {
      add(causes, {.code = v1::REASON_LIKELY_OTHER_ALGORITHM,
                   .params = {{"equals", std::string(algorithm)}}});
      continue;
    }
    const core::ByteView value = core::as_bytes(digest.first());
    const std::string hex = core::to_hex(value);
    const std::string reversed(digest.first().rbegin(), digest.first().rend());
    const std::array<std::pair<std::string_view, core::Bytes>, 5> forms = {{
        {"fingerprint-as-hex", crypto::digest(*hash, core::as_bytes(hex))},
        {"fingerprint-as-upper-case-hex", crypto::digest(*hash, core::as_bytes(upper_case(hex)))},
        {"fingerprint-as-base64", crypto::digest(*hash, core::as_bytes(core::to_base64(value)))},
        {"fingerprint-hashed-twice", crypto::digest(*hash, value)},
        {"fingerprint-reversed", core::to_bytes(reversed)},
    }};
    for (const auto& [word, form] : forms) {
      if (core::to_string(form) != recorded.value()) continue;
      add(causes, {.code = v1::REASON_LIKELY_HASHED_AS_TEXT,
                   .params = {{"change", std::string(word)}, {"equals", std::string(algorithm)}}});
    }
  }
}

// Traces: the header of an image says how it was coded, and nothing of what it was before.
void add_traces(const v1::ContentFacts& contents, Causes& causes) {
  if (!contents.has_jpeg()) return;
  const v1::JpegTraces& jpeg = contents.jpeg();
  if (jpeg.exif() || jpeg.xmp()) return;
  add(causes, {.code = v1::REASON_LIKELY_METADATA_STRIPPED, .params = {}});
  const bool known =
      jpeg.tables() == v1::JPEG_TABLES_STANDARD || jpeg.tables() == v1::JPEG_TABLES_MOZJPEG;
  if (!known || jpeg.quality() == 0 || jpeg.quality() > kCommonQuality) return;
  add(causes,
      {.code = v1::REASON_LIKELY_REENCODED,
       .params = {{"quality", std::to_string(jpeg.quality())},
                  {"tables", jpeg.tables() == v1::JPEG_TABLES_MOZJPEG ? "mozjpeg" : "standard"}}});
}

}  // namespace

std::vector<PossibleCause> explain(const v1::Digest& recorded, const v1::Measured& measured,
                                   const v1::ContentFacts& contents) {
  Causes causes;
  add_of_fingerprint(recorded, measured, causes);
  if (contents.performed() && !contents.terminated()) {
    add_exact(recorded, measured, contents, causes);
    if (causes.empty()) add_traces(contents, causes);
  }
  return causes;
}

}  // namespace heyan::checks

#include "gateway/intake/take_in.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/intake/head_keeper.h"
#include "gateway/intake/proof_store.h"
#include "verifier/contents/file_type.h"
#include "verifier/core/text.h"
#include "verifier/judge.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/uploads/head_marks.h"

namespace heyan::intake {
namespace {

using contents::Defect;

constexpr std::string_view kCaseFile = "case.json";
constexpr std::string_view kRemedy =
    "Correct the case and try again; docs/case-folder.md describes a case folder.";

Refusal malformed(std::string what, std::vector<Defect> defects) {
  return {.code = core::ErrorCode::kMalformed,
          .what = std::move(what),
          .defects = std::move(defects),
          .remedy = std::string(kRemedy)};
}

std::expected<v1::Submission, Refusal> read_case_file(CaseSource& source,
                                                      const core::Limits& limits) {
  auto content = source.content(kCaseFile, limits.json_bytes);
  if (!content) {
    const bool changed = content.error().code == core::ErrorCode::kChanged;
    return std::unexpected(
        refusal_of(content.error(), kCaseFile,
                   changed ? "Wait until it is complete, then try again." : kRemedy));
  }
  auto submission = contents::read_submission(*std::move(content), limits);
  if (!submission) {
    return std::unexpected(
        malformed("case.json is not as it must be:", std::move(submission).error()));
  }
  return *std::move(submission);
}

std::string_view defect_code(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::kNotFound:
      return "missing-file";
    case core::ErrorCode::kLimit:
      return "limit";
    case core::ErrorCode::kChanged:
      return "changed";
    case core::ErrorCode::kUnsupported:
      return "unsafe-path";
    default:
      return "unreadable";
  }
}

// What is wrong with single files, by JSON pointer, and the worst status.
class FileDefects {
 public:
  void add(std::string pointer, std::string_view path, const core::Error& error) {
    if (code_ != core::ErrorCode::kIo) code_ = error.code;
    if (list_.size() >= contents::kMaxDefects) return;
    list_.push_back({.pointer = std::move(pointer),
                     .code = std::string(defect_code(error)),
                     .detail = fmt::format("\"{}\": {}", core::visible(path), error.text)});
  }
  bool empty() const { return list_.empty(); }
  Refusal refusal() && {
    Refusal refusal = malformed("Files that case.json names cannot be used:", std::move(list_));
    refusal.code = code_;
    return refusal;
  }

 private:
  std::vector<Defect> list_;
  core::ErrorCode code_ = core::ErrorCode::kMalformed;
};

std::string file_pointer(int item) { return fmt::format("/evidence/{}/file/path", item); }
std::string proof_pointer(int item, int proof) {
  return fmt::format("/evidence/{}/proofs/{}/path", item, proof);
}

std::set<crypto::Hash> hashes_for(const v1::Item& item, std::set<crypto::Hash> hashes) {
  hashes.insert({crypto::Hash::kSha256, crypto::Hash::kSm3});
  for (const v1::Digest& digest : item.file().digests()) {
    if (const auto hash = hash_of(digest.algorithm())) hashes.insert(*hash);
  }
  return hashes;
}

// One case on its way in.
class Intake {
 public:
  Intake(CaseSource& source, const IntakeOptions& options, v1::Submission submission)
      : source_(source), options_(options), proofs_(source, options.limits) {
    *record_.mutable_submission() = std::move(submission);
  }

  std::expected<v1::CaseRecord, Refusal> run() {
    look_at_files();
    if (!defects_.empty()) return std::unexpected(std::move(defects_).refusal());
    for (int i = 0; i < record_.submission().evidence_size(); ++i) take_item(i);
    if (!defects_.empty()) return std::unexpected(std::move(defects_).refusal());
    proofs_.store_into(record_);
    derive_secrets(record_);
    return std::move(record_);
  }

 private:
  // Everything that is missing or no file, before the first long read.
  void look_at_files() {
    std::uint64_t bytes = 0;
    for (int i = 0; i < record_.submission().evidence_size(); ++i) {
      const v1::Item& item = record_.submission().evidence(i);
      if (const auto size = source_.size_of(item.file().path())) {
        bytes += *size;
      } else {
        defects_.add(file_pointer(i), item.file().path(), size.error());
      }
      for (int j = 0; j < item.proofs_size(); ++j) {
        const auto size = source_.size_of(item.proofs(j).path());
        if (!size) defects_.add(proof_pointer(i, j), item.proofs(j).path(), size.error());
      }
    }
    if (options_.expect) options_.expect(bytes);
  }

  void take_item(int index) {
    const v1::Item& item = record_.submission().evidence(index);
    v1::ItemRecord& taken = *record_.add_items();
    taken.set_id(item.id());
    std::set<crypto::Hash> hashes = options_.hashes;
    for (int j = 0; j < item.proofs_size(); ++j) {
      const std::string& path = item.proofs(j).path();
      if (const auto digest = proofs_.take_in(path)) {
        taken.add_proofs(core::to_string(*digest));
        const std::set<crypto::Hash>& named = hashes_named(*digest);
        hashes.insert(named.begin(), named.end());
      } else {
        defects_.add(proof_pointer(index, j), path, digest.error());
      }
    }
    core::Bytes head;
    if (auto measured = measure_file(item, std::move(hashes), head)) {
      *taken.mutable_measured() = *std::move(measured);
      name_type(item, head, *taken.mutable_contents());
    } else {
      defects_.add(file_pointer(index), item.file().path(), measured.error());
    }
  }

  // By a proof, which many items may share.
  const std::set<crypto::Hash>& hashes_named(const core::Bytes& proof) {
    const auto found = named_.find(proof);
    if (found != named_.end()) return found->second;
    return named_.emplace(proof, ledgers::hashes_named(proofs_.content(proof))).first->second;
  }

  // Comparing first bytes with constants opens nothing: no box is needed for it.
  static void name_type(const v1::Item& item, core::ByteView head, v1::ContentFacts& facts) {
    const std::string_view type = contents::media_type_of(head);
    facts.set_media_type(std::string(type));
    const auto marks = uploads::marks_by_head(item.file().path(), type, head);
    for (const v1::FileMark mark : marks) facts.add_marks(mark);
    // What begins as something else is not of that type alone, whatever its name.
    const bool otherwise = std::ranges::find(marks, v1::FILE_MARK_BEGINS_OTHERWISE) != marks.end();
    facts.set_extension(head.empty() || otherwise
                            ? v1::EXTENSION_FIT_UNKNOWN
                            : contents::compare_extension(item.file().path(), type));
  }

  // `hashes`: by which ledgers and proofs name it. `head`: the file's first bytes.
  core::Result<v1::Measured> measure_file(const v1::Item& item, std::set<crypto::Hash> hashes,
                                          core::Bytes& head) {
    const std::string& path = item.file().path();
    const MeasureOptions options{.hashes = hashes_for(item, std::move(hashes)),
                                 .threads = options_.threads,
                                 .limit_bytes = options_.limits.file_bytes,
                                 .advance = options_.advance};
    const auto feed = [&](os::ByteSink& sink) {
      HeadKeeper keeper(sink, contents::kHeadBytes, head);
      return source_.read(path, keeper);
    };
    return measure(feed, options);
  }

  CaseSource& source_;
  const IntakeOptions& options_;
  ProofStore proofs_;
  std::map<core::Bytes, std::set<crypto::Hash>> named_;
  FileDefects defects_;
  v1::CaseRecord record_;
};

}  // namespace

std::expected<v1::CaseRecord, Refusal> take_in(CaseSource& source, const IntakeOptions& options) {
  HEYAN_TRY(v1::Submission submission, read_case_file(source, options.limits));
  return Intake(source, options, std::move(submission)).run();
}

std::set<crypto::Hash> recorded_hashes(const trust::TrustList& list) {
  std::set<crypto::Hash> hashes;
  for (const trust::LedgerEntry& ledger : list.ledgers) {
    for (const auto& [algorithm, place] : ledger.record.digest) {
      if (const auto hash = crypto::hash_by_name(algorithm)) hashes.insert(*hash);
    }
  }
  return hashes;
}

}  // namespace heyan::intake

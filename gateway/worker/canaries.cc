#include "gateway/worker/canaries.h"

#include <algorithm>

#include "gateway/canary/canary.h"
#include "gateway/canary/files.h"
#include "gateway/intake/take_in.h"
#include "gateway/intake/trust_files.h"
#include "verifier/crypto/signing.h"
#include "verifier/judge.h"

namespace heyan::worker {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

// Longer than any report number: nobody takes it for one.
constexpr std::string_view kNumber = "CANARY-IS-NO-REPORT-OF-ANY-CASE";

// The case that came with the program, with the bytes of one canary changed.
class CanaryCase final : public intake::CaseSource {
 public:
  explicit CanaryCase(const canary::Canary& canary) : canary_(canary) {}

  Result<std::uint64_t> size_of(std::string_view path) override {
    HEYAN_TRY(const std::string bytes, bytes_of(path));
    return bytes.size();
  }
  Result<os::FileReading> read(std::string_view path, os::ByteSink& sink) override {
    HEYAN_TRY(const std::string bytes, bytes_of(path));
    for (std::size_t at = 0; at < bytes.size();) {
      const auto space = sink.space();
      const std::size_t count = std::min(space.size(), bytes.size() - at);
      std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, space.begin());
      HEYAN_CHECK_OK(sink.commit(count));
      at += count;
    }
    return os::FileReading{.size = bytes.size(), .changed = false};
  }
  // No box looks into a canary: it is asked through the front.
  Result<os::OpenFile> open(std::string_view) override {
    return fail(ErrorCode::kUnsupported, "a canary is no file");
  }

 private:
  Result<std::string> bytes_of(std::string_view path) const {
    const auto files = canary::case_files();
    const auto file = std::ranges::find(files, path, &core::EmbeddedFile::name);
    if (file == files.end()) return fail(ErrorCode::kNotFound, "there is no such file");
    std::string bytes(file->text);
    for (const canary::Change& change : canary_.changes) {
      if (change.path == path) bytes.at(change.offset) = canary::changed(bytes.at(change.offset));
    }
    return bytes;
  }

  const canary::Canary& canary_;
};

Result<intake::LoadedTrust> canary_trust() {
  constexpr std::string_view kDocument = "trust.toml";
  intake::SourceFiles files;
  const auto add = [&files](const core::EmbeddedFile& file) {
    v1::SourceFile& one = *files.Add();
    one.set_path(std::string(file.name));
    one.set_content(std::string(file.text));
  };
  const auto embedded = canary::trust_files();
  const auto document = std::ranges::find(embedded, kDocument, &core::EmbeddedFile::name);
  if (document == embedded.end()) return fail(ErrorCode::kNotFound, "there is no trust list");
  add(*document);
  for (const core::EmbeddedFile& file : embedded) {
    if (file.name != kDocument) add(file);
  }
  auto trust = intake::parse_trust(files);
  if (!trust) return fail(ErrorCode::kMalformed, "the trust list of the canaries has defects");
  return *std::move(trust);
}

Result<v1::Report> judge_canary(const canary::Canary& canary, const intake::LoadedTrust& trust,
                                const intake::LoadedPolicy& policy,
                                const v1::Circumstances& circumstances, core::UtcTime as_of) {
  const core::Limits limits;
  CanaryCase source(canary);
  auto record = intake::take_in(source, {.limits = limits,
                                         .hashes = intake::recorded_hashes(trust.list),
                                         .threads = 1,
                                         .expect = {},
                                         .advance = {}});
  if (!record) return fail(ErrorCode::kMalformed, "a canary is no case");
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  return judge({.record = *record,
                .circumstances = circumstances,
                .trust = trust.list,
                .policy = policy.policy,
                .as_of = as_of,
                .checker = checker,
                .limits = limits});
}

}  // namespace

Result<v1::CanaryRound> judge_canaries(const std::string& software_version) {
  HEYAN_TRY(const intake::LoadedTrust trust, canary_trust());
  const auto policy = intake::parse_policy({});
  if (!policy) return fail(ErrorCode::kMalformed, "there is no built-in policy");
  const core::UtcTime as_of = core::from_unix_ms(canary::kJudgedAtMs);
  v1::Circumstances circumstances;
  circumstances.set_software_version(software_version);
  circumstances.set_submission_is_declared(true);  // it is nobody's
  circumstances.set_report_number(std::string(kNumber));
  circumstances.mutable_self_test()->set_passed(true);
  circumstances.mutable_self_test()->set_at_ms(canary::kJudgedAtMs);
  v1::CanaryRound round;
  for (const canary::Canary& canary : canary::canaries()) {
    v1::CanaryAnswer& answer = *round.add_answers();
    answer.set_canary(std::string(canary.id));
    HEYAN_TRY(*answer.mutable_report(), judge_canary(canary, trust, *policy, circumstances, as_of));
  }
  return round;
}

}  // namespace heyan::worker

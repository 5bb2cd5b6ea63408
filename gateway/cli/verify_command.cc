// heyan verify CASE...: several cases side by side, their reports in the order of the arguments.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/local_box.h"
#include "gateway/cli/local_judgement.h"
#include "gateway/cli/output_guard.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/report_output.h"
#include "gateway/intake/case_source.h"
#include "gateway/intake/differences.h"
#include "gateway/intake/notes.h"
#include "gateway/intake/take_in.h"
#include "gateway/os/write_file.h"
#include "verifier/core/text.h"
#include "verifier/judge.h"
#include "verifier/report/record_file.h"

namespace heyan::cli {
namespace {

// What is the same for every case of one call.
struct Shared {
  const VerifyOptions& options;
  const LoadedTrust& trust;
  const LoadedPolicy& policy;
  core::UtcTime as_of;
  const SigningKeys* keys;
  unsigned hashing_threads;
  Progress& progress;
  LocalBox& box;
};

struct CaseResult {
  ExitStatus status = ExitStatus::kInternal;
  std::string report;              // in the form asked for, or what stands in its place
  std::optional<Trouble> trouble;  // for people
};

// For the files of this record; all three must outlive it.
intake::AskBox asking(const v1::CaseRecord& record, intake::CaseSource& source, LocalBox& box) {
  return [&](int item, const v1::LookInto& request) -> std::optional<v1::ContentFacts> {
    const auto file = source.open(record.submission().evidence(item).file().path());
    if (!file) return std::nullopt;
    return box.look_into(*file, request);
  };
}

void note(v1::CaseRecord& record, intake::CaseSource& source, LocalBox& box) {
  if (intake::note_marks(asking(record, source, box), record)) derive_secrets(record);
}

// True: the record of the judgement holds more than before.
bool explain(LocalJudgement& judgement, intake::CaseSource& source, LocalBox& box) {
  v1::CaseRecord& record = *judgement.file.mutable_record();
  const intake::AskBox ask = asking(record, source, box);
  if (!intake::explain_differences(judgement.report, ask, record)) return false;
  derive_secrets(record);
  return true;
}

std::expected<LocalJudgement, Trouble> verify_case(const std::string& path, const Shared& shared) {
  const core::Limits limits;
  auto source = intake::open_case(path, limits);
  if (!source) return std::unexpected(trouble_of(std::move(source).error()));
  const intake::IntakeOptions options{
      .limits = limits,
      .hashes = intake::recorded_hashes(shared.trust.list),
      .threads = shared.hashing_threads,
      .expect = [&shared](std::uint64_t bytes) { shared.progress.expect(bytes); },
      .advance = [&shared](std::size_t bytes) { shared.progress.advance(bytes); }};
  auto record = intake::take_in(**source, options);
  if (!record) return std::unexpected(trouble_of(std::move(record).error()));
  note(*record, **source, shared.box);
  const auto judge = [&](v1::CaseRecord taken) {
    return judge_locally(std::move(taken), offline_circumstances(), shared.trust, shared.policy,
                         shared.as_of, limits);
  };
  auto judgement = judge(*std::move(record));
  if (judgement && explain(*judgement, **source, shared.box)) {
    judgement = judge(std::move(*judgement->file.mutable_record()));
  }
  if (!judgement) {
    return std::unexpected(trouble_of(judgement.error(), path, "Run `heyan selftest`."));
  }
  return *std::move(judgement);
}

std::expected<void, Trouble> write_record(const LocalJudgement& judgement,
                                          const std::filesystem::path& path) {
  const core::Bytes bytes = report::encode_record_file(judgement.file);
  const auto written = os::write_whole(path, core::as_text(bytes));
  if (written) return {};
  return std::unexpected(trouble_of(written.error(), path.string(), "Name another file."));
}

// What stands in place of a report. Among several cases its place in the array stays taken, and the
// message says which case it speaks of.
CaseResult failed(Trouble trouble, const std::string& path, const Shared& shared) {
  CaseResult result{.status = trouble.status, .report = {}, .trouble = std::move(trouble)};
  if (shared.options.cases.size() == 1) return result;
  if (shared.options.report.format != Format::kText) {
    result.report = core::json::write_canonical(to_json(*result.trouble, path));
  }
  const std::string name = core::visible(path, 1000) + ": ";
  if (!result.trouble->what.starts_with(name)) result.trouble->what.insert(0, name);
  return result;
}

CaseResult result_of(const std::string& path, const Shared& shared) {
  auto judgement = verify_case(path, shared);
  if (!judgement) return failed(std::move(judgement).error(), path, shared);
  auto encoded = encode(*judgement, shared.options.report, shared.keys);
  if (!encoded) return failed(std::move(encoded).error(), path, shared);
  if (!shared.options.record.empty()) {
    const auto written = write_record(*judgement, shared.options.record);
    if (!written) return failed(written.error(), path, shared);
  }
  return {.status = status_of(judgement->report), .report = *std::move(encoded), .trouble = {}};
}

// An exception must not leave a thread.
CaseResult guarded_result(const std::string& path, const Shared& shared) {
  try {
    return result_of(path, shared);
  } catch (const std::exception&) {
    return failed({.status = ExitStatus::kInternal,
                   .what = core::visible(path, 1000) + ": memory or another resource was missing",
                   .defects = {},
                   .remedy = "Verify fewer cases at once (--threads 1)."},
                  path, shared);
  }
}

std::vector<CaseResult> verify_all(const Shared& shared, unsigned threads) {
  const std::vector<std::string>& cases = shared.options.cases;
  std::vector<CaseResult> results(cases.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      results[i] = guarded_result(cases[i], shared);
    }
  };
  std::vector<std::jthread> helpers;
  const std::size_t count = std::min<std::size_t>(threads, cases.size());
  while (helpers.size() + 1 < count) helpers.emplace_back(work);
  work();
  helpers.clear();  // joins: from here on the results are ours alone
  return results;
}

// Text one after another, each beneath the name of its case; JSON of several cases as an array.
std::string join(const std::vector<CaseResult>& results, const VerifyOptions& options) {
  if (results.size() == 1) return results.front().report;
  if (options.report.format != Format::kText) {
    std::string array = "[";
    for (const CaseResult& result : results) {
      if (array.size() > 1) array += ',';
      array += result.report;
    }
    return array + "]";
  }
  std::string text;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].trouble) continue;
    if (!text.empty()) text += "\n";
    // A name may be somebody else's: quoted, and far from every verdict.
    text += fmt::format("{} {}/{}: \"{}\"\n\n", say(options.report.language, "案件", "Case"), i + 1,
                        results.size(), core::visible(options.cases[i], 1000));
    text += results[i].report;
  }
  return text;
}

Inputs inputs_of(const VerifyOptions& options, const LoadedTrust& trust,
                 const LoadedPolicy& policy) {
  Inputs inputs;
  for (const std::string& path : options.cases) inputs.add(path);
  inputs.add_document(options.trust, trust.files);
  inputs.add_document(options.policy, policy.files);
  inputs.add(options.report.keys);
  return inputs;
}

std::optional<std::string> misuse(const VerifyOptions& options) {
  if (!options.record.empty() && options.cases.size() > 1) {
    return "--record holds one case; verify the cases one at a time to keep their records";
  }
  if (options.report.format == Format::kJws && options.report.keys.empty()) {
    return "--format jws needs --keys DIR; `heyan keys new DIR` makes them";
  }
  const Format format = options.report.format;
  const std::string_view alone = format == Format::kHtml  ? "html"
                                 : format == Format::kPdf ? "pdf"
                                 : format == Format::kXml ? "xml"
                                 : format == Format::kZip ? "zip"
                                                          : "";
  if (!alone.empty() && options.cases.size() > 1) {
    return fmt::format("--format {} is of one case; verify the cases one at a time", alone);
  }
  return std::nullopt;
}

}  // namespace

ExitStatus run(const VerifyOptions& options, Console& console) {
  if (const auto why = misuse(options)) {
    console.talk("heyan: " + *why);
    return ExitStatus::kUsage;
  }
  LocalBox box;  // before any thread is there
  const auto trust = load_trust(options.trust);
  if (!trust) return report_trouble(trust.error(), console);
  const auto policy = load_policy(options.policy);
  if (!policy) return report_trouble(policy.error(), console);
  if (const auto why = misplaced({.out = options.report.out, .record = options.record},
                                 inputs_of(options, *trust, *policy))) {
    console.talk("heyan: " + *why);
    return ExitStatus::kUsage;
  }
  std::optional<SigningKeys> keys;
  if (options.report.format == Format::kJws) {
    auto loaded = load_signing_keys(options.report.keys);
    if (!loaded) return report_trouble(loaded.error(), console);
    keys = *std::move(loaded);
  }
  if (options.trust.empty()) {
    console.talk(say(options.report.language,
                     "未指定信任名单（--trust）：任何链都不被采信，不会得出“核验一致”。",
                     "No trust list was given (--trust): no ledger is believed, and nothing can be "
                     "found consistent."));
  }
  const unsigned threads =
      options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  const auto side_by_side =
      static_cast<unsigned>(std::min<std::size_t>(threads, options.cases.size()));
  Progress progress(console, options.report.language);
  const Shared shared{.options = options,
                      .trust = *trust,
                      .policy = *policy,
                      .as_of = options.at.value_or(now()),
                      .keys = keys ? &*keys : nullptr,
                      .hashing_threads = std::max(1u, threads / side_by_side),
                      .progress = progress,
                      .box = box};
  const std::vector<CaseResult> results = verify_all(shared, threads);

  std::vector<ExitStatus> statuses;
  for (const CaseResult& result : results) {
    statuses.push_back(result.status);
    if (result.trouble) report_trouble(*result.trouble, console);
  }
  const std::string bytes = join(results, options);
  if (!bytes.empty()) statuses.push_back(deliver(bytes, options.report, console));
  return most_urgent(statuses);
}

}  // namespace heyan::cli

// heyan log audit DIR: does a published report log hold together, and does it go on from what was
// seen of it before?
#include <fmt/format.h>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/log_words.h"
#include "gateway/log_audit/audit.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/transparency/lines.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using core::json::Value;
using log_audit::Audit;
using log_audit::Signature;

constexpr std::size_t kMostShown = 100;  // of each list, in the text

struct Result {
  const LogAuditOptions& options;
  const Audit& audit;
  bool since_checked;

  ExitStatus status() const {
    if (!audit.holds()) return ExitStatus::kInconsistent;
    if (audit.signature == Signature::kNoKey || !audit.overdue.empty()) return ExitStatus::kOpen;
    return ExitStatus::kOk;
  }
  std::string_view outcome() const {
    switch (status()) {
      case ExitStatus::kOk:
        return "valid";
      case ExitStatus::kInconsistent:
        return "invalid";
      default:
        return "undetermined";
    }
  }
};

std::string_view signature_word(Signature signature) {
  switch (signature) {
    case Signature::kNoKey:
      return "not-checked";
    case Signature::kValid:
      return "valid";
    case Signature::kInvalid:
      return "invalid";
  }
  return "unknown";
}

std::string to_json(const Result& result) {
  const Audit& audit = result.audit;
  Value counts{Value::Object{}};
  for (const auto& [kind, count] : audit.counts) counts.set(kind, count);
  Value overdue{Value::Array{}};
  for (const log_audit::Overdue& one : audit.overdue) {
    Value intake;
    intake.set("index", one.index)
        .set("at", core::format_rfc3339(one.intake.at))
        .set("submission", core::to_hex(one.intake.submission));
    overdue.push(std::move(intake));
  }
  Value findings{Value::Array{}};
  for (const log_audit::Finding& one : audit.findings) {
    Value finding;
    finding.set("finding", one.word).set("file", one.file);
    if (one.index) finding.set("index", *one.index);
    findings.push(std::move(finding));
  }
  Value checkpoint;
  checkpoint.set("origin", audit.checkpoint.origin)
      .set("size", std::to_string(audit.checkpoint.size))
      .set("root", transparency::encode_hash(audit.checkpoint.root))
      .set("signature", signature_word(audit.signature));
  Value value;
  value.set("schema", "heyan.log-audit.v1")
      .set("outcome", result.outcome())
      .set("checkpoint", std::move(checkpoint))
      .set("sinceChecked", result.since_checked)
      .set("entriesRead", audit.entries_read)
      .set("entries", std::move(counts))
      .set("waiting", audit.waiting)
      .set("overdue", std::move(overdue))
      .set("findingCount", audit.finding_count)
      .set("findings", std::move(findings));
  return core::json::write_canonical(value) + "\n";
}

class Text {
 public:
  explicit Text(const Result& result) : result_(result), language_(result.options.language) {}

  std::string write() {
    head();
    overdue();
    findings();
    line(conclusion());
    return std::move(out_);
  }

 private:
  std::string_view in(std::string_view zh, std::string_view en) const {
    return say(language_, zh, en);
  }
  void line(std::string_view text) { out_ += std::string(text) + "\n"; }
  void more(std::size_t count) {
    if (count <= kMostShown) return;
    line(fmt::format(fmt::runtime(in("  ……另有 {} 项（--format json 列出更多）",
                                     "  ... and {} more (--format json lists more)")),
                     count - kMostShown));
  }

  void head() {
    const Audit& audit = result_.audit;
    line(fmt::format("{}{}", in("日志：", "Log: "), core::visible(audit.checkpoint.origin)));
    line(fmt::format("{}{}", in("条目数：", "Entries: "), audit.checkpoint.size));
    line(fmt::format("{}{}", in("根哈希：", "Root: "),
                     transparency::encode_hash(audit.checkpoint.root)));
    line(fmt::format("{}{}", in("检查点签名：", "Signature of the checkpoint: "), signature()));
    if (result_.since_checked) {
      line(fmt::format("{}{}", in("先前的检查点：", "Checkpoint from before: "),
                       core::visible(result_.options.since.string(), 1000)));
    }
    for (const auto& [kind, count] : audit.counts) {
      line(fmt::format("  {}{} {}", log_kind(kind, language_), in("：", ":"), count));
    }
    line(fmt::format("{}{}", in("尚无报告的收件：", "Intakes without a report: "), audit.waiting));
  }

  std::string_view signature() const {
    switch (result_.audit.signature) {
      case Signature::kNoKey:
        return in("未核对（未给出 --key）", "not checked (no --key was named)");
      case Signature::kValid:
        return in("有效", "valid");
      case Signature::kInvalid:
        break;
    }
    return in("无效", "not valid");
  }

  void overdue() {
    const auto& all = result_.audit.overdue;
    if (all.empty()) return;
    line(fmt::format(
        "{}{}",
        in("超过 24 小时仍无报告的收件：", "Intakes without a report for more than 24 hours: "),
        all.size()));
    for (const log_audit::Overdue& one : std::span(all).first(std::min(all.size(), kMostShown))) {
      line(fmt::format("  {}  {}  {}", one.index, core::format_rfc3339(one.intake.at),
                       core::to_hex(one.intake.submission)));
    }
    more(all.size());
  }

  void findings() {
    const Audit& audit = result_.audit;
    for (const log_audit::Finding& one :
         std::span(audit.findings).first(std::min(audit.findings.size(), kMostShown))) {
      const std::string index =
          one.index ? fmt::format("{}{}, ", in("条目 ", "entry "), *one.index) : std::string();
      line(fmt::format("- {}{}: {}", index, one.file, log_finding(one.word, language_)));
    }
    more(audit.finding_count);
  }

  std::string_view conclusion() const {
    switch (result_.status()) {
      case ExitStatus::kOk:
        return in("结论：日志成立。", "Conclusion: the log holds.");
      case ExitStatus::kInconsistent:
        return in("结论：日志不成立。请保存本副本和先前的检查点。",
                  "Conclusion: the log does not hold. Keep this copy and the checkpoint from "
                  "before.");
      default:
        break;
    }
    return result_.audit.signature == Signature::kNoKey
               ? in("结论：内部一致，但未核对由谁签署。",
                    "Conclusion: internally coherent, but nobody's signature was checked.")
               : in("结论：日志成立，但有收件逾期无报告。",
                    "Conclusion: the log holds, but some intake is overdue.");
  }

  const Result& result_;
  Language language_;
  std::string out_;
};

std::expected<std::optional<transparency::Checkpoint>, Trouble> read_since(
    const std::filesystem::path& path, const transparency::NoteVerifier* key) {
  constexpr std::string_view kRemedy =
      "Name the file `checkpoint` that you kept from an earlier look at the same log.";
  if (path.empty()) return std::nullopt;
  const auto bytes = read_input(path.string(), transparency::kNoteBytes, kRemedy);
  if (!bytes) return std::unexpected(bytes.error());
  auto checkpoint = log_audit::read_checkpoint(core::as_text(*bytes), key);
  if (!checkpoint) {
    return std::unexpected(trouble_of(checkpoint.error(), path.string(), kRemedy));
  }
  return std::optional(*std::move(checkpoint));
}

std::expected<Audit, Trouble> audit(const LogAuditOptions& options) {
  HEYAN_TRY(const auto key, read_log_key(options.key));
  const transparency::NoteVerifier* verifier = key ? &*key : nullptr;
  HEYAN_TRY(auto since, read_since(options.since, verifier));
  auto found = log_audit::audit({.folder = options.folder,
                                 .key = verifier,
                                 .since = since,
                                 .at = options.at.value_or(now())});
  constexpr std::string_view kRemedy =
      "Name the folder of the log's files: it holds `checkpoint` and `tile`.";
  if (!found) {
    Trouble trouble = trouble_of_named(found.error(), options.folder.string(), kRemedy);
    if (found.error().code == core::ErrorCode::kUnsupported) {
      trouble.status = ExitStatus::kInputOutput;
    }
    return std::unexpected(std::move(trouble));
  }
  if (since && since->origin != found->checkpoint.origin) {
    return std::unexpected(
        trouble_of({core::ErrorCode::kMalformed, "it is a checkpoint of another log"},
                   options.since.string(), "Name one of the same log."));
  }
  return *std::move(found);
}

}  // namespace

ExitStatus run(const LogAuditOptions& options, Console& console) {
  const auto found = audit(options);
  if (!found) return report_trouble(found.error(), console);
  const Result result{.options = options, .audit = *found, .since_checked = !options.since.empty()};
  const ExitStatus printed =
      print(options.format == Format::kJson ? to_json(result) : Text(result).write(), console);
  return printed == ExitStatus::kOk ? result.status() : printed;
}

}  // namespace heyan::cli

// heyan audit verify FOLDER...: do audit trails hold together, and are they those whose heads the
// report log has?
#include <fmt/format.h>

#include <algorithm>

#include "gateway/audit/verify.h"
#include "gateway/cli/audit_words.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/log_audit/audit.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/report/log_entry.h"

namespace heyan::cli {
namespace {

using audit::LoggedHead;
using audit::Verified;
using core::json::Value;

struct Log {
  bool given = false;
  bool holds = false;
  log_audit::Signature signature = log_audit::Signature::kNoKey;
  std::uint64_t size = 0;
  std::vector<LoggedHead> heads;
};

struct Trail {
  std::string folder;
  Verified verified;
  bool twice = false;  // the same trail was named before

  bool holds() const { return verified.holds() && !twice; }
};

struct Result {
  Log log;
  std::vector<Trail> trails;
  std::vector<LoggedHead> elsewhere;  // the last of each trail that was not named

  ExitStatus status() const {
    const bool hold = std::ranges::all_of(trails, &Trail::holds);
    if (!hold || (log.given && !log.holds)) return ExitStatus::kInconsistent;
    const bool covered = std::ranges::all_of(
        trails, [](const Trail& one) { return one.verified.logged.has_value(); });
    const bool checked = log.given && log.signature == log_audit::Signature::kValid;
    return covered && checked && elsewhere.empty() ? ExitStatus::kOk : ExitStatus::kOpen;
  }
};

// The log is checked whole: a head in a log that does not hold says nothing.
std::expected<Log, Trouble> read_log(const AuditVerifyOptions& options) {
  Log log;
  HEYAN_TRY(const auto key, read_log_key(options.key));
  if (options.log.empty()) return log;
  const auto found =
      log_audit::audit({.folder = options.log,
                        .key = key ? &*key : nullptr,
                        .since = {},
                        .at = now(),
                        .on_entry = [&log](core::ByteView bytes) {
                          const auto entry = report::parse_log_entry(bytes);
                          const auto* head =
                              entry ? std::get_if<report::AuditEntry>(&*entry) : nullptr;
                          if (head == nullptr) return;
                          log.heads.push_back({.writer = head->writer,
                                               .trail = head->trail,
                                               .record = head->record,
                                               .sha256 = head->sha256,
                                               .sm3 = head->sm3,
                                               .at = head->at});
                        }});
  if (!found) {
    return std::unexpected(
        trouble_of_named(found.error(), options.log.string(),
                         "Name the folder of the log's files: it holds `checkpoint` and `tile`."));
  }
  log.given = true;
  log.holds = found->holds();
  log.signature = found->signature;
  log.size = found->checkpoint.size;
  return log;
}

std::expected<Result, Trouble> look(const AuditVerifyOptions& options) {
  Result result;
  HEYAN_TRY(result.log, read_log(options));
  for (const std::filesystem::path& folder : options.folders) {
    auto verified = audit::verify(folder, result.log.heads, now());
    if (!verified) {
      Trouble trouble = trouble_of_named(verified.error(), folder.string(),
                                         "Name the folder of one trail: it holds *.jsonl.");
      trouble.status = ExitStatus::kInputOutput;
      return std::unexpected(std::move(trouble));
    }
    const bool twice = std::ranges::any_of(
        result.trails, [&](const Trail& other) { return other.verified.trail == verified->trail; });
    result.trails.push_back({folder.string(), *std::move(verified), twice});
  }
  for (const LoggedHead& head : result.log.heads) {
    if (std::ranges::any_of(result.trails,
                            [&](const Trail& one) { return one.verified.trail == head.trail; })) {
      continue;
    }
    const auto known = std::ranges::find(result.elsewhere, head.trail, &LoggedHead::trail);
    if (known == result.elsewhere.end()) {
      result.elsewhere.push_back(head);
    } else {
      *known = head;
    }
  }
  return result;
}

Value json_of(const Trail& trail) {
  const Verified& verified = trail.verified;
  Value counts{Value::Object{}};
  for (const auto& [event, count] : verified.counts) counts.set(event, count);
  Value findings{Value::Array{}};
  for (const audit::TrailFinding& one : verified.findings) {
    Value finding;
    finding.set("finding", one.word).set("record", one.record);
    findings.push(std::move(finding));
  }
  Value value;
  value.set("folder", core::visible(trail.folder, 1000))
      .set("writer", core::visible(verified.writer))
      .set("trail", core::to_hex(verified.trail))
      .set("first", verified.first)
      .set("next", verified.next)
      .set("firstAt", core::format_rfc3339(verified.first_at))
      .set("lastAt", core::format_rfc3339(verified.last_at))
      .set("events", std::move(counts))
      .set("unfinishedBytes", std::uint64_t{verified.unfinished_bytes})
      .set("headsCompared", verified.heads)
      .set("headsOfRemovedRecords", verified.heads_before)
      .set("loggedUpTo", verified.logged ? Value(*verified.logged) : Value())
      .set("namedTwice", trail.twice)
      .set("findingCount", verified.finding_count)
      .set("findings", std::move(findings));
  return value;
}

std::string to_json(const Result& result) {
  Value trails{Value::Array{}};
  for (const Trail& one : result.trails) trails.push(json_of(one));
  Value elsewhere{Value::Array{}};
  for (const LoggedHead& one : result.elsewhere) {
    Value head;
    head.set("writer", one.writer)
        .set("trail", core::to_hex(one.trail))
        .set("record", one.record)
        .set("at", core::format_rfc3339(one.at));
    elsewhere.push(std::move(head));
  }
  const ExitStatus status = result.status();
  Value value;
  value.set("schema", "heyan.audit-verify.v1")
      .set("outcome", status == ExitStatus::kOk     ? "valid"
                      : status == ExitStatus::kOpen ? "undetermined"
                                                    : "invalid")
      .set("logGiven", result.log.given)
      .set("logHolds", result.log.holds)
      .set("logSignatureValid", result.log.signature == log_audit::Signature::kValid)
      .set("logSize", result.log.size)
      .set("trails", std::move(trails))
      .set("otherTrailsInLog", std::move(elsewhere));
  return core::json::write_canonical(value) + "\n";
}

class Text {
 public:
  explicit Text(catalogue::Language language) : language_(language) {}

  std::string write(const Result& result) {
    for (const Trail& one : result.trails) trail(one, result.log.given);
    for (const LoggedHead& one : result.elsewhere) {
      line(in("日志中另有未给出的审计记录：", "The log has heads of a trail that was not named: ") +
           fmt::format("{} {} ({})", one.writer, core::to_hex(one.trail), one.record));
    }
    log(result.log);
    line(conclusion(result.status()));
    return std::move(out_);
  }

 private:
  std::string in(std::string_view zh, std::string_view en) const {
    return std::string(say(language_, zh, en));
  }
  void line(const std::string& text) { out_ += text + "\n"; }

  void trail(const Trail& one, bool with_log) {
    const Verified& verified = one.verified;
    line(in("审计记录：", "Audit trail: ") + core::visible(one.folder, 1000));
    line("  " + in("记录者：", "written by: ") + core::visible(verified.writer));
    line("  " + in("核对的记录：", "records checked: ") +
         fmt::format(
             "{} – {}  ({} – {})", verified.first, std::max(verified.next, verified.first + 1) - 1,
             core::format_rfc3339(verified.first_at), core::format_rfc3339(verified.last_at)));
    if (verified.first > 0) {
      line("  " +
           in("更早的记录已按保存期限删除，未核对；从此起始：记录 ",
              "earlier records were removed after their time and not checked; begins at "
              "record ") +
           std::to_string(verified.first));
    }
    if (verified.unfinished_bytes > 0) {
      line("  " +
           in("末尾有未写完的一行，未计入（字节）：",
              "an unfinished line at the end is not counted (bytes): ") +
           std::to_string(verified.unfinished_bytes));
    }
    const auto back = verified.counts.find(audit::name(audit::Event::kClockBack));
    if (back != verified.counts.end()) {
      line("  " +
           in("时钟曾经回退（说明此事的记录数）：",
              "the clock was set back (records that say so): ") +
           std::to_string(back->second));
    }
    if (with_log) heads(verified);
    if (one.twice) {
      line("- " + in("同一审计记录被给出两次", "this trail was named before, or is a copy of it"));
    }
    for (const audit::TrailFinding& finding : verified.findings) {
      line(fmt::format("- {} {}: {}", in("记录", "record"), finding.record,
                       audit_finding(finding.word, language_)));
    }
  }

  void heads(const Verified& verified) {
    if (!verified.logged) {
      line("  " + in("报告日志中没有它的链头：只核对了前后相连。",
                     "the report log has no head of it that fits: only the chain was checked."));
      return;
    }
    line("  " +
         in("报告日志的链头与之相符，直至记录 ",
            "the heads in the report log are its own, up to record ") +
         fmt::format("{} ({})", *verified.logged, verified.heads));
    if (verified.next > *verified.logged + 1) {
      line("  " +
           in("其后的记录只核对了前后相连：",
              "records after it, of which only the chain was "
              "checked: ") +
           std::to_string(verified.next - *verified.logged - 1));
    }
  }

  void log(const Log& log) {
    if (!log.given) {
      line(in("未给出报告日志（--log）：能改写全部文件的人也能重写整条链。",
              "No report log was named (--log): whoever can write the files could have written "
              "them all anew."));
    } else if (!log.holds) {
      line(in("报告日志不成立；请用 heyan log audit 查看。",
              "The report log does not hold; see heyan log audit."));
    } else if (log.signature != log_audit::Signature::kValid) {
      line(in("未核对日志检查点的签名（未给出 --key）。",
              "The signature of the log's checkpoint was not checked (no --key was named)."));
    }
  }

  std::string conclusion(ExitStatus status) const {
    if (status == ExitStatus::kOk) {
      return in("结论：审计记录成立，并与报告日志相符。",
                "Conclusion: the audit trails hold, and are those of the report log.");
    }
    if (status == ExitStatus::kOpen) {
      return in("结论：未发现改动，但并非全部核对。",
                "Conclusion: nothing was found changed, but not everything was checked.");
    }
    return in("结论：审计记录不成立。请保存这些文件。",
              "Conclusion: the audit trails do not hold. Keep these files.");
  }

  catalogue::Language language_;
  std::string out_;
};

}  // namespace

ExitStatus run(const AuditVerifyOptions& options, Console& console) {
  const auto result = look(options);
  if (!result) return report_trouble(result.error(), console);
  const ExitStatus printed = print(
      options.format == Format::kJson ? to_json(*result) : Text(options.language).write(*result),
      console);
  return printed == ExitStatus::kOk ? result->status() : printed;
}

}  // namespace heyan::cli

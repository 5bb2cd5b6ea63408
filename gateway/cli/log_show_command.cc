// heyan log show DIR: the entries of a published report log, as they stand there.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/cli/commands.h"
#include "gateway/cli/log_words.h"
#include "gateway/cli/trouble.h"
#include "gateway/log_audit/audit.h"
#include "gateway/log_audit/published_log.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using core::json::Value;
using transparency::kTileWidth;

constexpr std::string_view kRemedy =
    "Name the folder of the log's files: it holds `checkpoint` and `tile`.";

std::string place(const report::LogPlace& place) {
  return place.log.empty() ? std::to_string(place.index)
                           : fmt::format("{}@{}", place.index, core::visible(place.log));
}

// What each kind says, after its time.
struct Details {
  std::string operator()(const report::LogBeginning& entry) const {
    std::string uses;
    for (const report::LogKey& key : entry.keys) uses += " " + core::visible(key.use);
    return fmt::format("{}{}{}", core::visible(entry.origin), uses,
                       entry.follows.empty() ? "" : " follows");
  }
  std::string operator()(const report::IntakeEntry& entry) const {
    return fmt::format("submission={} files={}", core::to_hex(entry.submission),
                       core::to_hex(entry.files));
  }
  std::string operator()(const report::ReportEntry& entry) const {
    return fmt::format("payload={} intake={}", core::to_hex(entry.payload), place(entry.intake));
  }
  std::string operator()(const report::SupersessionEntry& entry) const {
    return fmt::format("report={} supersedes={}", place(entry.report), place(entry.supersedes));
  }
  std::string operator()(const report::WithdrawalEntry& entry) const {
    return fmt::format("report={} reason={}", place(entry.report), entry.reason);
  }
  std::string operator()(const report::AuditEntry& entry) const {
    return fmt::format("writer={} trail={} record={} sha256={} sm3={}", entry.writer,
                       core::to_hex(entry.trail), entry.record, core::to_hex(entry.sha256),
                       core::to_hex(entry.sm3));
  }
  std::string operator()(const report::DeletionEntry& entry) const {
    return fmt::format("submission={} intake={}", core::to_hex(entry.submission),
                       place(entry.intake));
  }
};

std::string text_line(std::uint64_t index, core::ByteView bytes, Language language) {
  const auto entry = report::parse_log_entry(bytes);
  if (!entry) {
    return fmt::format("{}  {}: {}\n", index, say(language, "无法识别", "not recognised"),
                       core::visible(core::as_text(bytes), 500));
  }
  return fmt::format("{}  {}  {}  {}\n", index, core::format_rfc3339(report::time_of(*entry)),
                     log_kind(report::kind_of(*entry), language), std::visit(Details(), *entry));
}

// The entry itself where it is one; nothing of what is none.
std::string json_element(std::uint64_t index, core::ByteView bytes) {
  Value element;
  element.set("index", index);
  const auto value = core::json::parse(bytes, {});
  if (report::parse_log_entry(bytes) && value) {
    element.set("entry", *value);
  } else {
    element.set("entry", nullptr);
  }
  return core::json::write_canonical(element);
}

class Lister {
 public:
  Lister(const LogShowOptions& options, Console& console) : options_(options), console_(console) {}

  ExitStatus list() {
    const auto log = log_audit::PublishedLog::open(options_.folder);
    if (!log) return refuse(log.error());
    const auto note = log->checkpoint();
    if (!note) return refuse(note.error());
    const auto checkpoint = log_audit::read_checkpoint(*note, nullptr);
    if (!checkpoint) return refuse(checkpoint.error());
    const std::uint64_t size = checkpoint->size;
    const std::uint64_t end = options_.to && *options_.to < size ? *options_.to + 1 : size;
    if (is_json()) put("[");
    for (std::uint64_t at = options_.from; at < end && status_ == ExitStatus::kOk;) {
      const std::uint64_t bundle = at / kTileWidth;
      const auto width = std::min<std::uint64_t>(size - bundle * kTileWidth, kTileWidth);
      const auto entries = log->entries(bundle, static_cast<unsigned>(width));
      if (!entries) return refuse(entries.error());
      const std::uint64_t stop = std::min(end, bundle * kTileWidth + width);
      for (; at < stop; ++at) show(at, (*entries)[at % kTileWidth]);
    }
    if (is_json()) put("]\n");
    return status_;
  }

 private:
  bool is_json() const { return options_.format == Format::kJson; }
  void show(std::uint64_t index, core::ByteView entry) {
    if (!is_json()) return put(text_line(index, entry, options_.language));
    put((index == options_.from ? "" : ",") + json_element(index, entry));
  }
  void put(std::string_view text) {
    if (status_ == ExitStatus::kOk) status_ = print(text, console_);
  }
  ExitStatus refuse(const core::Error& error) {
    Trouble trouble = trouble_of_named(error, options_.folder.string(), kRemedy);
    if (error.code == core::ErrorCode::kUnsupported) trouble.status = ExitStatus::kInputOutput;
    return report_trouble(trouble, console_);
  }

  const LogShowOptions& options_;
  Console& console_;
  ExitStatus status_ = ExitStatus::kOk;
};

}  // namespace

ExitStatus run(const LogShowOptions& options, Console& console) {
  return Lister(options, console).list();
}

}  // namespace heyan::cli

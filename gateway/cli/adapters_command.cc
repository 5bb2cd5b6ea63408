// heyan adapters, heyan adapters try: which courts' systems are understood, and what becomes of a
// message of theirs.
#include <fcntl.h>
#include <fmt/format.h>

#include <map>
#include <memory>
#include <vector>

#include "court_adapters/adapter.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/local_box.h"
#include "gateway/cli/message_file.h"
#include "gateway/cli/trouble.h"
#include "gateway/ipc/court_message.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/trust/nearest.h"

namespace heyan::cli {
namespace {

using catalogue::Language;

constexpr std::uint64_t kMostBytes = 4ull << 30;
// What a submission of the example is called in its answer.
constexpr std::string_view kExampleId = "00000000000000000000000000000000";

std::unexpected<Trouble> trouble(ExitStatus status, std::string what, std::string remedy) {
  return std::unexpected(Trouble{
      .status = status, .what = std::move(what), .defects = {}, .remedy = std::move(remedy)});
}

std::expected<const court_adapters::CourtAdapter*, Trouble> find_adapter(const std::string& id) {
  if (const auto* adapter = court_adapters::find(id)) return adapter;
  std::vector<std::string_view> names;
  for (const auto* adapter : court_adapters::all()) names.push_back(adapter->id());
  const std::string_view near = trust::near_word(id, names);
  return trouble(ExitStatus::kUsage,
                 fmt::format("no adapter is called {}{}", core::visible(id),
                             near.empty() ? "" : fmt::format("; did you mean {}?", near)),
                 "`heyan adapters` lists them.");
}

std::expected<worker::CourtBench, Trouble> bench_of(const AdaptersTryOptions& options) {
  court_adapters::Settings settings;
  for (const std::string& option : options.settings) {
    const std::size_t equals = option.find('=');
    if (equals == option.npos) {
      return trouble(ExitStatus::kUsage, "--setting " + core::visible(option) + " has no value",
                     "Write --setting NAME=TEXT.");
    }
    settings[option.substr(0, equals)].push_back(option.substr(equals + 1));
  }
  worker::CourtBench bench({{options.adapter, std::move(settings)}});
  if (std::string fault = bench.fault(); !fault.empty()) {
    return trouble(ExitStatus::kUsage, std::move(fault), "");
  }
  return bench;
}

// What the box hands over: case.json is kept, of other files size and digest.
class Seen final : public ipc::EntryTaker {
 public:
  struct File {
    std::uint64_t size = 0;
    core::Bytes sha256;
  };

  core::Result<void> begin(std::string_view path) override {
    path_ = path;
    if (files_.contains(path_)) {
      return core::fail(core::ErrorCode::kMalformed, "the adapter names a file twice");
    }
    files_[path_];
    hasher_ = crypto::openssl_hasher(crypto::Hash::kSha256);
    return {};
  }
  core::Result<void> append(core::ByteView bytes) override {
    hasher_->update(bytes);
    files_[path_].size += bytes.size();
    if (path_ != "case.json") return {};
    if (case_.size() + bytes.size() > core::Limits().json_bytes) {
      return core::fail(core::ErrorCode::kLimit, "case.json is too large");
    }
    case_ += core::to_string(bytes);
    return {};
  }
  core::Result<void> finish() override {
    files_[path_].sha256 = hasher_->finish();
    return {};
  }

  const std::string& case_json() const { return case_; }
  const std::map<std::string, File>& files() const { return files_; }

 private:
  std::string path_;
  std::string case_;
  std::map<std::string, File> files_;
  std::unique_ptr<crypto::Hasher> hasher_;
};

Trouble refusal_of(const v1::Defects& defects, const AdaptersTryOptions& options) {
  Trouble trouble{.status = ExitStatus::kMalformed,
                  .what = core::visible(options.file, 1000) + " is refused",
                  .defects = {},
                  .remedy = "`--answer` prints what the court's system would be told."};
  for (const v1::DefectEntry& entry : defects.defects()) {
    trouble.defects.push_back({entry.pointer(), entry.code(), entry.detail()});
  }
  return trouble;
}

std::string remark_line(const v1::CourtRemark& remark) {
  return fmt::format("  {}{}{}: {}\n", core::visible(remark.code()),
                     remark.item().empty() ? "" : " [" + core::visible(remark.item()) + "]",
                     remark.pointer().empty() ? "" : " " + core::visible(remark.pointer()),
                     core::visible(remark.detail(), 2000));
}

std::string describe(const v1::Submission& submission, const v1::CourtFiling& filing,
                     const v1::CourtMessage& message, const Seen& seen, Language language) {
  const auto label = [&](std::string_view zh, std::string_view en) {
    return std::string(say(language, zh, en)) + (language == Language::kChinese ? "：" : ": ");
  };
  const auto quote = [](const std::string& text) { return core::visible(text, 200); };
  std::string text;
  if (!filing.message_id().empty()) {
    text += label("报文编号", "Message") + quote(filing.message_id()) + "\n";
  }
  text += label("法院", "Court") + quote(submission.court().name()) + " " +
          quote(submission.court().code()) + "\n";
  text += label("案号", "Case number") + quote(submission.case_number()) + "\n";
  for (const v1::Party& party : submission.parties()) {
    text += label("当事人", "Party") +
            fmt::format("{} {} {}\n", quote(party.id()), quote(party.name()),
                        v1::Role_Name(party.role()).substr(std::string_view("ROLE_").size()));
  }
  std::map<std::string, std::string> origin;
  for (const v1::WholePart& whole : filing.whole_parts()) {
    origin[whole.path()] =
        label("随附部分", "part") + quote(message.parts(static_cast<int>(whole.part())).name());
  }
  for (const v1::Item& item : submission.evidence()) {
    text += label("证据", "Item") + quote(item.id()) + " " + quote(item.name()) + "\n";
    const auto from = origin.find(item.file().path());
    const auto found = seen.files().find(item.file().path());
    text += "  " + quote(item.file().path()) + " (";
    if (from != origin.end()) {
      text += from->second;
    } else if (found != seen.files().end()) {
      text += fmt::format("{}{} {}", label("取自报文", "within the message"), found->second.size,
                          core::to_hex(found->second.sha256));
    } else {
      text += say(language, "未随报文送达", "not delivered with the message");
    }
    text += ")\n";
    for (const v1::Proof& proof : item.proofs()) {
      text += fmt::format("  {} {} {}\n", quote(proof.format()), quote(proof.ledger()),
                          quote(proof.path()));
    }
  }
  if (filing.remarks_size() > 0) text += label("说明", "Remarks") + "\n";
  for (const v1::CourtRemark& remark : filing.remarks()) text += remark_line(remark);
  return text;
}

std::string describe_question(const v1::CourtQuestion& question, Language language) {
  return std::string(say(language, "这是一个查询，不是提交；查询的键：",
                         "It is a question, and files nothing; its key: ")) +
         core::visible(question.key()) + "\n";
}

// What there is to print; defects of the message are a Trouble.
std::expected<std::string, Trouble> try_message(const AdaptersTryOptions& options) {
  HEYAN_CHECK_OK(find_adapter(options.adapter));
  HEYAN_TRY(const worker::CourtBench bench, bench_of(options));
  LocalBox box(bench);
  HEYAN_TRY(MessageFiles files, read_message_files(options));
  if (box.doors() == nullptr) {
    return trouble(ExitStatus::kInternal, "this machine has no sandbox to open messages in",
                   "`heyan selftest` says more.");
  }
  files.message.set_received_at_ms(core::to_unix_ms(now()));
  const int message = files.body.front().descriptor().get();
  const ipc::OpenPart open_part = [&files](std::uint32_t part) {
    return os::Descriptor(::fcntl(files.parts.at(part).descriptor().get(), F_DUPFD_CLOEXEC, 0));
  };
  Seen seen;
  const auto read =
      ipc::read_message(*box.doors(), message, files.message, open_part, seen, kMostBytes);
  if (!read) return std::unexpected(trouble_of(read.error(), options.file, ""));
  v1::AnswerMessage ask;
  *ask.mutable_message() = files.message;
  if (const auto* rejection = std::get_if<v1::CourtRejection>(&*read)) {
    if (options.answer) return rejection->answer().body();
    return std::unexpected(refusal_of(rejection->defects(), options));
  }
  if (const auto* question = std::get_if<v1::CourtQuestion>(&*read)) {
    return describe_question(*question, options.language);
  }
  const auto& filing = std::get<v1::CourtFiling>(*read);
  const auto submission =
      contents::read_submission(core::as_bytes(seen.case_json()), core::Limits());
  if (!submission) {
    return std::unexpected(Trouble{.status = ExitStatus::kMalformed,
                                   .what = "what is made of the message is no case",
                                   .defects = submission.error(),
                                   .remedy = ""});
  }
  if (options.answer) {
    v1::AcceptedMessage& accepted = *ask.mutable_accepted();
    accepted.set_submission_id(std::string(kExampleId));
    accepted.set_at_ms(files.message.received_at_ms());
    *accepted.mutable_remarks() = filing.remarks();
    const auto answer = ipc::answer_message(*box.doors(), message, ask);
    if (!answer) return std::unexpected(trouble_of(answer.error(), options.file, ""));
    return answer->body();
  }
  if (options.format == Format::kJson) return seen.case_json();
  return describe(*submission, filing, files.message, seen, options.language);
}

}  // namespace

ExitStatus run(const AdaptersTryOptions& options, Console& console) {
  const auto text = try_message(options);
  if (!text) return report_trouble(text.error(), console);
  return print(*text, console);
}

ExitStatus run(const AdaptersOptions& options, Console& console) {
  std::string text;
  for (const court_adapters::CourtAdapter* adapter : court_adapters::all()) {
    text += fmt::format("{}\n  {}\n", adapter->id(), adapter->title());
    for (const std::string_view setting : adapter->settings()) {
      text += fmt::format("  {}{}\n", say(options.language, "设置项：", "setting: "), setting);
    }
  }
  return print(text, console);
}

}  // namespace heyan::cli

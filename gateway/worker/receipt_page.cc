#include "gateway/worker/receipt_page.h"

#include <optional>

#include "gateway/ipc/frame_limits.h"
#include "gateway/pdf/complete.h"
#include "gateway/pdf/print.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::worker {
namespace {

using catalogue::Text;
using core::json::Value;
using report::Span;
using report::Spans;

constexpr Text kTitle{"提交回执", "Receipt"};
constexpr Text kMeaning{
    "本回执只说明系统在所列时间收到了这些文件，不是核验结论。",
    "This receipt only says that these files were received at this time. It is no result of any "
    "check."};
constexpr Text kOriginal{
    "本文件便于阅读和打印，本身未经签名；已签名的回执是附件 receipt.jws，以其为准。"
    "每页下方是该附件的 SHA-256 指纹。",
    "This file is for reading and printing and is not signed itself; the signed receipt is "
    "attached "
    "(receipt.jws) and is the original. At the foot of each page stands its SHA-256 fingerprint."};
constexpr Text kNumber{"回执编号", "Number"};
constexpr Text kReceived{"收到时间（协调世界时）", "Received (UTC)"};
constexpr Text kCourt{"法院", "Court"};
constexpr Text kLog{"报告日志", "Report log"};
constexpr Text kPlace{"在日志中的位置", "Place in the log"};
constexpr Text kItemCount{"证据数量", "Items of evidence"};
constexpr Text kFileCount{"文件数量", "Files"};
constexpr Text kItems{"证据（名称和页数为提交人所填）",
                      "Items of evidence (names and pages as filed)"};
constexpr Text kItem{"编号", "No."};
constexpr Text kName{"名称", "Name"};
constexpr Text kCopies{"份数", "Copies"};
constexpr Text kPages{"页数", "Pages"};
constexpr Text kAllPages{"页数合计", "Pages in all"};
constexpr Text kNotCounted{"未填", "not given"};
constexpr Text kFile{"文件", "File"};
constexpr Text kFiles{"收到的文件", "Files received"};
constexpr Text kSize{"大小（字节）", "Size (bytes)"};
constexpr Text kDigest{"指纹 SHA-256", "Fingerprint SHA-256"};

constexpr std::size_t kShown = 1'024;
constexpr std::string_view kOneCopy = "1";  // what comes as a file comes once

class ReceiptPage {
 public:
  ReceiptPage(const Value& receipt, catalogue::Language language)
      : receipt_(receipt), language_(language) {}

  report::Document document(std::string jws_sha256) const {
    report::Document document{.language = language_,
                              .title = word(kTitle),
                              .number = text(receipt_, "number"),
                              .payload_digest = std::move(jws_sha256),
                              .sections = {}};
    using report::Paragraph;
    report::Section head{.id = "receipt", .new_page = false, .blocks = {}};
    add(head, report::Heading{.level = 1, .text = {{word(kTitle)}}});
    add(head, Paragraph{.text = {{word(kMeaning)}}, .role = Paragraph::Role::kNotice});
    add(head, facts());
    add(head, Paragraph{.text = {{word(kOriginal)}}, .role = Paragraph::Role::kSmall});
    document.sections.push_back(std::move(head));
    document.sections.push_back(section("items", kItems, items()));
    document.sections.push_back(section("files", kFiles, files()));
    return document;
  }

 private:
  std::string word(const Text& text) const { return std::string(text.in(language_)); }

  static std::string text(const Value& value, std::string_view name) {
    const Value* found = value.find(name);
    const std::string* text = found == nullptr ? nullptr : found->as_string();
    return text == nullptr ? std::string() : core::visible(*text, kShown);
  }
  static std::string number(const Value& value, std::string_view name) {
    const Value* found = value.find(name);
    return found == nullptr ? std::string() : core::json::write_canonical(*found);
  }
  const Value::Array& list(std::string_view name) const {
    static const Value::Array kNone;
    const Value* found = receipt_.find(name);
    return found == nullptr || found->as_array() == nullptr ? kNone : *found->as_array();
  }

  template <class Content>
  static void add(report::Section& section, Content content) {
    section.blocks.push_back({std::move(content)});
  }
  report::Section section(std::string id, const Text& title, report::Table table) const {
    report::Section section{.id = std::move(id), .new_page = false, .blocks = {}};
    add(section, report::Heading{.level = 2, .text = {{word(title)}}});
    add(section, std::move(table));
    return section;
  }

  report::Fields facts() const {
    const Value* court = receipt_.find("court");
    std::string of = court == nullptr ? std::string() : text(*court, "name");
    if (of.empty() && court != nullptr) of = text(*court, "code");
    report::Fields fields;
    const auto field = [&](const Text& name, std::string value, Span::Kind kind) {
      fields.fields.push_back({.name = word(name), .value = {{std::move(value), kind}}});
    };
    field(kNumber, text(receipt_, "number"), Span::Kind::kCode);
    field(kReceived, text(receipt_, "receivedAt"), Span::Kind::kPlain);
    field(kCourt, std::move(of), Span::Kind::kPlain);
    field(kItemCount, std::to_string(list("items").size()), Span::Kind::kPlain);
    if (const auto pages = all_pages()) {
      field(kAllPages, std::to_string(*pages), Span::Kind::kPlain);
    }
    field(kFileCount, std::to_string(list("files").size()), Span::Kind::kPlain);
    field(kLog, text(receipt_, "log"), Span::Kind::kPlain);
    field(kPlace, number(receipt_, "intake"), Span::Kind::kPlain);
    return fields;
  }

  static std::optional<std::int64_t> pages_of(const Value& item) {
    const Value* found = item.find("pages");
    const std::int64_t* pages = found == nullptr ? nullptr : found->as_integer();
    return pages == nullptr ? std::nullopt : std::optional(*pages);
  }
  // Nothing where some item has none: their sum would be taken for all.
  std::optional<std::int64_t> all_pages() const {
    if (list("items").empty()) return std::nullopt;
    std::int64_t all = 0;
    for (const Value& item : list("items")) {
      const auto pages = pages_of(item);
      if (!pages) return std::nullopt;
      all += *pages;
    }
    return all;
  }

  // Names, copies and pages, as the receipt for evidence has them (证据规定 (2019) article 19).
  report::Table items() const {
    report::Table table{
        .caption = {},
        .columns = {word(kItem), word(kName), word(kCopies), word(kPages), word(kFile)},
        .rows = {}};
    for (const Value& item : list("items")) {
      const auto pages = pages_of(item);
      table.rows.push_back(
          {told(item, "id"),
           told(item, "name"),
           {{std::string(kOneCopy), Span::Kind::kPlain}},
           {{pages ? std::to_string(*pages) : word(kNotCounted), Span::Kind::kPlain}},
           told(item, "path")});
    }
    return table;
  }

  report::Table files() const {
    report::Table table{
        .caption = {}, .columns = {word(kFile), word(kSize), word(kDigest)}, .rows = {}};
    for (const Value& file : list("files")) {
      table.rows.push_back({told(file, "path"),
                            {{number(file, "size"), Span::Kind::kPlain}},
                            {{text(file, "sha256"), Span::Kind::kCode}}});
    }
    return table;
  }
  static Spans told(const Value& of, std::string_view name) {
    return {{text(of, name), Span::Kind::kPlain}};
  }

  const Value& receipt_;
  catalogue::Language language_;
};

}  // namespace

core::Result<std::string> print_receipt(const v1::FiledReceipt& receipt,
                                        catalogue::Language language, const pdf::Fonts& fonts) {
  const auto value = core::json::parse(core::as_bytes(receipt.text()),
                                       core::Limits{.json_bytes = ipc::kRenderFrameBytes});
  const Value* at = value ? value->find("receivedAt") : nullptr;
  const std::string* text = at == nullptr ? nullptr : at->as_string();
  const auto received = text == nullptr ? std::nullopt : core::parse_rfc3339(*text);
  if (!received) return core::fail(core::ErrorCode::kMalformed, "that is no receipt");
  const report::Document document =
      ReceiptPage(*value, language)
          .document(core::to_hex(crypto::sha256(core::as_bytes(receipt.jws()))));
  HEYAN_TRY(
      const pdf::Printed printed,
      pdf::print(document,
                 {.as_of = *received, .statement = {}, .kind = pdf::PrintOptions::Kind::kReceipt},
                 fonts));
  return pdf::complete(printed, language,
                       {{.name = std::string(kReceiptName),
                         .media_type = std::string(kReceiptType),
                         .bytes = receipt.jws(),
                         .plain = true}});
}

}  // namespace heyan::worker

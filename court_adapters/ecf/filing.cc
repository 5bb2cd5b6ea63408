#include "court_adapters/ecf/filing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "court_adapters/ecf/case.h"
#include "court_adapters/ecf/media_type.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::ecf {
namespace {

constexpr std::size_t kShownCharacters = 64;

std::uint64_t delivered_bytes(const Attachment& attachment, const Request& request) {
  return attachment.part ? request.parts[*attachment.part].bytes->size() : attachment.bytes->size();
}

// A path costs a walk over all siblings: it is made for as many as are told.
void remark(Filing& filing, std::string item, const markup::Element& at, std::string_view code,
            std::string detail) {
  if (filing.remarks.size() == contents::kMaxDefects) return;
  if (filing.remarks.size() + 1 == contents::kMaxDefects) {
    filing.remarks.push_back({.item = {},
                              .code = "too-many-remarks",
                              .pointer = {},
                              .detail = "There are more remarks than are listed."});
    return;
  }
  filing.remarks.push_back({.item = std::move(item),
                            .code = std::string(code),
                            .pointer = at.path(),
                            .detail = std::move(detail)});
}

// Of no item: the document is not filed, and the report takes remarks on the items that it has.
void remark_not_delivered(Filing& filing, const SentDocument& document, const std::string& id,
                          const markup::Element& at) {
  const std::string& title = document.title;
  remark(filing, {}, at, "not-delivered",
         fmt::format("The content of document {}{} did not come along.",
                     core::visible(id, kShownCharacters),
                     title.empty() ? "" : " (" + core::visible(title, kShownCharacters) + ")"));
}

void add_item(Filing& filing, const ListedItem& listed, const Request& request) {
  const Attachment& attachment = *listed.attachment;
  v1::Item& item = *filing.submission.add_evidence();
  item.set_id(listed.id);
  item.set_name(listed.document->title);
  if (has_party(filing.submission, listed.document->submitter)) {
    item.set_party(listed.document->submitter);
  }
  v1::DeclaredFile& file = *item.mutable_file();
  file.set_path(listed.path);
  file.set_media_type(attachment.format);
  if (attachment.size) file.set_size(*attachment.size);
  if (!attachment.hash.sha256.empty()) {
    v1::Digest& digest = *file.add_digests();
    digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    digest.set_value(core::to_string(attachment.hash.sha256));
  }
  if (attachment.hash.form == HashText::Form::kRefused) {
    remark(filing, listed.id, attachment.element, "hash-algorithm-refused",
           "The hash has the length of another algorithm than SHA-256, and is not compared.");
  }
  const std::uint64_t size = delivered_bytes(attachment, request);
  if (attachment.size && *attachment.size != size) {
    remark(filing, listed.id, attachment.element, "size-mismatch",
           fmt::format("The message says {} bytes, and {} came.", *attachment.size, size));
  }
}

File file_of(const ListedItem& listed) {
  if (listed.attachment->part) return {.path = listed.path, .from = *listed.attachment->part};
  return {.path = listed.path,
          .from = [bytes = listed.attachment->bytes](const Write& write) { return write(*bytes); }};
}

// "ID" is whatever court its certificate says; "CODE ID" is the court of that code here alone.
void name_own_court(const Settings& settings, v1::Submission& submission) {
  const auto ids = settings.find(kCourtIds);
  if (ids == settings.end()) return;
  const std::string named = submission.court().code();
  for (const std::string& text : ids->second) {
    const std::size_t blank = text.find(' ');
    const bool of_one = blank != std::string::npos && text.substr(blank + 1) == named;
    if (text != named && !of_one) continue;
    submission.clear_court();
    if (of_one) submission.mutable_court()->set_code(text.substr(0, blank));
    return;
  }
}

}  // namespace

std::vector<ListedItem> list_items(const Message& message) {
  std::vector<ListedItem> items;
  std::set<std::string> ids;
  std::size_t next = 1;
  for (const SentDocument& document : message.documents) {
    for (const Attachment& attachment : document.attachments) {
      const std::size_t number = items.size() + 1;
      const bool first = &attachment == &document.attachments.front();
      std::string id = first ? document.id : std::string();
      // A document may call itself #2: no two items have one id.
      next = std::max(next, number);
      while (id.empty() || !ids.insert(id).second) id = fmt::format("#{}", next++);
      items.push_back(
          {.document = &document,
           .attachment = &attachment,
           .id = std::move(id),
           .path = fmt::format("documents/{:04}{}", number, file_ending(attachment.format))});
    }
  }
  return items;
}

std::expected<Filing, Defects> read_filing(const Request& request, const Names& names,
                                           const core::Limits& limits) {
  Defects defects;
  auto message = read_message(request, names, limits, defects);
  if (!message) return std::unexpected(std::move(defects));
  link_parts(*message, request, defects);
  Filing filing;
  filing.message_id = message->message_id;
  read_case(message->root, names, limits, filing.submission, defects);
  name_own_court(*request.settings, filing.submission);
  for (const SentDocument& document : message->documents) {
    if (!document.attachments.empty()) continue;
    remark_not_delivered(filing, document, document.id, document.element);
  }
  for (const ListedItem& listed : list_items(*message)) {
    if (!listed.attachment->part && !listed.attachment->bytes) {
      remark_not_delivered(filing, *listed.document, listed.id, listed.attachment->element);
      continue;
    }
    if (listed.document->title.size() > limits.string_bytes) {
      add(defects, "limit", listed.document->element, "The description is too long.");
    }
    add_item(filing, listed, request);
    filing.files.push_back(file_of(listed));
  }
  if (filing.files.empty() && defects.empty()) {
    add(defects, "no-document", message->root, "No document came along: send at least one.");
  }
  if (!defects.empty()) return std::unexpected(std::move(defects));
  return filing;
}

}  // namespace heyan::court_adapters::ecf

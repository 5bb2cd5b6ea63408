#include "court_adapters/ecf/filing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "court_adapters/ecf/case.h"
#include "court_adapters/ecf/media_type.h"

namespace heyan::court_adapters::ecf {
namespace {

std::uint64_t delivered_bytes(const Attachment& attachment, const Request& request) {
  return attachment.part ? request.parts[*attachment.part].bytes->size() : attachment.bytes->size();
}

void remark(Filing& filing, const ListedItem& item, std::string_view code, std::string detail) {
  filing.remarks.push_back({.item = item.id,
                            .code = std::string(code),
                            .pointer = item.attachment->element.path(),
                            .detail = std::move(detail)});
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
    remark(filing, listed, "hash-algorithm-refused",
           "The hash has the length of another algorithm than SHA-256, and is not compared.");
  }
  const std::uint64_t size = delivered_bytes(attachment, request);
  if (attachment.size && *attachment.size != size) {
    remark(filing, listed, "size-mismatch",
           fmt::format("The message says {} bytes, and {} came.", *attachment.size, size));
  }
}

File file_of(const ListedItem& listed) {
  if (listed.attachment->part) return {.path = listed.path, .from = *listed.attachment->part};
  return {.path = listed.path,
          .from = [bytes = listed.attachment->bytes](const Write& write) { return write(*bytes); }};
}

void forget_own_court(const Settings& settings, v1::Submission& submission) {
  const auto ids = settings.find(kCourtIds);
  if (ids == settings.end() ||
      std::ranges::find(ids->second, submission.court().code()) == ids->second.end())
    return;
  submission.clear_court();
}

}  // namespace

std::vector<ListedItem> list_items(const Message& message) {
  std::vector<ListedItem> items;
  std::set<std::string> ids;
  for (const SentDocument& document : message.documents) {
    for (const Attachment& attachment : document.attachments) {
      const std::size_t number = items.size() + 1;
      const bool first = &attachment == &document.attachments.front();
      std::string id = first && !document.id.empty() ? document.id : fmt::format("#{}", number);
      if (!ids.insert(id).second) {
        id = fmt::format("#{}", number);
        ids.insert(id);
      }
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
  forget_own_court(*request.settings, filing.submission);
  for (const ListedItem& listed : list_items(*message)) {
    if (!listed.attachment->part && !listed.attachment->bytes) {
      remark(filing, listed, "not-delivered", "The content of this document did not come along.");
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

#include "court_adapters/ecf/message.h"

#include <algorithm>

#include "court_adapters/ecf/attachments.h"
#include "court_adapters/ecf/media_type.h"
#include "court_adapters/ecf/rules.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::ecf {
namespace {

using markup::Document;
using markup::Element;

constexpr std::size_t kMaxMessageId = 255;
constexpr std::size_t kMaxId = 128;

void check_content_type(const Request& request, Defects& defects) {
  const std::string type = media_type(request.content_type);
  if (!type.empty() && type != "text/xml" && type != "application/xml" &&
      type != "application/xop+xml") {
    add(defects, "content-type-mismatch", {},
        "The message is sent as another type than text/xml or application/xop+xml.");
  }
}

// What the field says of the bytes must fit them, as what they say themselves must.
void check_charset(const Request& request, core::ByteView bytes, Defects& defects) {
  const std::string declared = charset(request.content_type);
  const std::string_view text = core::as_text(bytes);
  const bool wide = text.starts_with("\xfe\xff") || text.starts_with("\xff\xfe");
  if (declared.empty() || declared == (wide ? "utf-16" : "utf-8")) return;
  add(defects, "wrong-encoding", {},
      "The message is sent as of another charset than it has: send it in UTF-8.");
}

std::optional<Document> read_xml(const Request& request, Defects& defects) {
  const markup::ReadLimits limits;
  const auto bytes = contents::read_some(*request.message, 0, limits.bytes + 1);
  if (!bytes) {
    add(defects, "internal", {}, "The message could not be read from where it lies.");
    return std::nullopt;
  }
  check_charset(request, *bytes, defects);
  auto document = Document::read(*bytes, limits);
  if (document) return *std::move(document);
  add(defects, document.error());
  return std::nullopt;
}

// The child of the body; nothing where there is none.
Element open_envelope(const Element& envelope, Defects& defects) {
  for (const Element& block : envelope.child(kSoap, "Header").children()) {
    const std::string must = block.attribute(kSoap, "mustUnderstand").value_or("0");
    if (must == "0" || must == "false") continue;
    add(defects, "must-understand", block,
        "This header must be understood, and none is here: leave it out or make it optional.");
  }
  const Element operation = envelope.child(kSoap, "Body").first();
  if (!operation) {
    add(defects, "no-envelope", envelope, "The SOAP envelope has no body with an operation.");
    return {};
  }
  if (const Element second = operation.next()) {
    add(defects, "unknown-operation", second,
        "The SOAP body holds more than one operation: send one in each message.");
  }
  return operation;
}

// What the operation is about, and whether it is a callback.
Element open_operation(const Element& operation, const Names& names, bool& callback,
                       Defects& defects) {
  for (const auto& [request, message, is_callback] :
       {std::tuple{names.review_request, names.filing, false},
        std::tuple{names.callback_request, names.callback, true}}) {
    callback = is_callback;
    if (operation.is(message.space, message.name)) return operation;
    if (!operation.is(request.space, request.name)) continue;
    const auto all = operation.children(message.space, message.name);
    if (all.empty()) {
      add(defects, "schema-invalid", operation, "The request holds no message.");
      return {};
    }
    if (all.size() > 1) {
      add(defects, "several-filings", all[1], "Send one filing in each request.");
    }
    return all.front();
  }
  const bool known = operation.space().starts_with(names.family);
  add(defects, known ? "unknown-operation" : "unknown-namespace", operation,
      known ? "This operation is not served here: send ReviewFiling."
            : "This namespace is of another version or vocabulary than is served here.");
  return {};
}

// A callback repeats the id of the message that it answers: two of one filing are not one message.
bool is_of_filer(const Element& identification, const Names& names) {
  return identification.child(names.nc, "IdentificationSourceText").value() == "FilingAssembly";
}

std::string find_message_id(const Element& root, bool callback, const Names& names,
                            Defects& defects) {
  for (const Element& each : root.children(names.nc, "DocumentIdentification")) {
    if (names.version == Version::k50 &&
        (each.child(names.nc, "IdentificationCategoryDescriptionText").value() != "messageID" ||
         (callback && is_of_filer(each, names)))) {
      continue;
    }
    const Element element = each.child(names.nc, "IdentificationID");
    std::string id = element.value();
    if (id.empty()) continue;
    if (id.size() > kMaxMessageId || core::has_control(id)) {
      add(defects, "bad-message-id", element,
          "The message id is longer than 255 bytes or holds control characters.");
      return {};
    }
    return id;
  }
  add(defects, "no-message-id", root,
      "The message has no nc:DocumentIdentification that is its message id (in 5.0 with the "
      "category messageID): without it a repeat cannot be known.");
  return {};
}

std::string shown_id(const Element& element) {
  std::string id = element.value();
  return id.size() > kMaxId || core::has_control(id) ? std::string() : id;
}

SentDocument read_document(const Element& element, bool lead, const Names& names,
                           Defects& defects) {
  SentDocument document{
      .element = element, .lead = lead, .id = {}, .title = {}, .submitter = {}, .attachments = {}};
  document.id = shown_id(
      element.child(names.nc, "DocumentIdentification").child(names.nc, "IdentificationID"));
  if (document.id.empty()) document.id = shown_id(element.child(names.nc, "DocumentFileControlID"));
  document.title = element.child(names.nc, "DocumentDescriptionText").value();
  if (document.title.empty()) document.title = element.child(names.nc, "DocumentTitleText").value();
  document.submitter = element.child(names.nc, "DocumentSubmitter")
                           .first()
                           .attribute(names.structures, "ref")
                           .value_or("");
  document.attachments = read_attachments(element, names, defects);
  return document;
}

void read_documents(Message& message, const Names& names, Defects& defects) {
  for (const auto& [name, lead] :
       {std::pair{message.callback ? names.reviewed_lead : names.lead, true},
        std::pair{message.callback ? names.reviewed_connected : names.connected, false}}) {
    for (const Element& element : message.root.children(name.space, name.name)) {
      // 5.0 holds the document within its review.
      const Element inner = element.child(names.common, "ReviewedDocument");
      message.documents.push_back(read_document(inner ? inner : element, lead, names, defects));
    }
  }
}

std::size_t count_files(const Message& message) {
  std::size_t files = 0;
  for (const SentDocument& document : message.documents) {
    files += std::max<std::size_t>(document.attachments.size(), 1);
  }
  return files;
}

// Without `limits`, the schema and the rules are not asked.
std::optional<Message> read(const Request& request, const Names& names, const core::Limits* limits,
                            Defects& defects) {
  auto document = read_xml(request, defects);
  if (!document) return std::nullopt;
  Message message{.document = *std::move(document),
                  .operation = {},
                  .root = {},
                  .message_id = {},
                  .documents = {}};
  message.operation = message.document.root();
  if (message.operation.is(kSoap, "Envelope")) {
    message.enveloped = true;
    message.operation = open_envelope(message.operation, defects);
    if (!message.operation) return std::nullopt;
  }
  message.root = open_operation(message.operation, names, message.callback, defects);
  if (!message.root) return std::nullopt;
  if (limits != nullptr) {
    check_schema(message.operation, message.root, names, defects);
    check_rules(message.operation, message.root, names, defects);
  }
  message.message_id = find_message_id(message.root, message.callback, names, defects);
  read_documents(message, names, defects);
  check_attachments(message.documents, defects);
  if (limits != nullptr && count_files(message) > limits->items) {
    add(defects, "limit", message.root, "The message has more documents than are taken at once.");
    return std::nullopt;
  }
  return message;
}

}  // namespace

std::optional<Message> read_message(const Request& request, const Names& names,
                                    const core::Limits& limits, Defects& defects) {
  check_content_type(request, defects);
  return read(request, names, &limits, defects);
}

std::optional<Message> open_message(const Request& request, const Names& names) {
  Defects told;
  return read(request, names, nullptr, told);
}

}  // namespace heyan::court_adapters::ecf

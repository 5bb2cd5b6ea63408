#include "court_adapters/ecf/attachments.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "court_adapters/ecf/base64_text.h"
#include "court_adapters/ecf/media_type.h"

namespace heyan::court_adapters::ecf {
namespace {

using markup::Element;

Element child(const Element& of, const QName& name) { return of.child(name.space, name.name); }

std::optional<std::uint64_t> read_size(const std::string& text) {
  std::uint64_t size = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  return size;
}

void read_place(Attachment& attachment, const std::string& uri, Defects& defects) {
  if (uri.empty()) return;
  if (auto id = content_id_of(uri)) {
    attachment.content_id = *std::move(id);
    return;
  }
  add(defects, "remote-document", attachment.element,
      "The document lies elsewhere, and nothing is fetched: send it as a part and name it by "
      "cid:.");
}

// The bytes themselves, or (XOP section 2.1) the part that holds them.
void read_inline(Attachment& attachment, const Names& names, Defects& defects) {
  const Element element = child(attachment.element, names.inline_bytes);
  if (!element) return;
  if (const Element include = element.child(kXop, "Include")) {
    const std::string href = include.attribute("", "href").value_or("");
    const std::string before = attachment.content_id;
    read_place(attachment, href.empty() ? "?" : href, defects);
    if (!before.empty() && attachment.content_id != before) {
      add(defects, "repeated-attachment", element,
          "The attachment names two parts: send one attachment for each.");
    }
    return;
  }
  auto bytes = from_base64_text(element.text());
  if (bytes) attachment.bytes = std::make_shared<const core::Bytes>(*std::move(bytes));
  if (!attachment.content_id.empty()) {
    add(defects, "repeated-attachment", element,
        "The attachment holds bytes and names a part, too: send one of them.");
  }
}

HashText read_hash_of(const Element& element, Defects& defects) {
  HashText hash = read_hash(element.value());
  if (hash.form == HashText::Form::kNoHash) {
    add(defects, "bad-hash", element,
        "This is no SHA-256: send 64 hexadecimal digits, or 44 characters of base64.");
  }
  return hash;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> content_id_of(std::string_view uri) {
  if (uri.size() < 4 || (uri[0] | 0x20) != 'c' || (uri[1] | 0x20) != 'i' ||
      (uri[2] | 0x20) != 'd' || uri[3] != ':') {
    return std::nullopt;
  }
  uri.remove_prefix(4);
  if (uri.starts_with("//")) uri.remove_prefix(2);
  std::string id;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      id += uri[i];
      continue;
    }
    const int high = i + 2 < uri.size() ? digit_of(uri[i + 1]) : -1;
    const int low = i + 2 < uri.size() ? digit_of(uri[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    id += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (id.empty()) return std::nullopt;
  return id;
}

std::vector<Attachment> read_attachments(const Element& document, const Names& names,
                                         Defects& defects) {
  std::vector<Attachment> attachments;
  markup::walk(document, [&](const Element& element) {
    if (!element.is(names.attachment.space, names.attachment.name)) return;
    Attachment attachment;
    attachment.element = element;
    attachment.format = media_type(child(element, names.format).value());
    attachment.size = read_size(element.child(names.nc, "BinarySizeValue").value());
    read_place(attachment, child(element, names.uri).value(), defects);
    read_inline(attachment, names, defects);
    // 5.0 has the hash beside the attachment, 4.01 one for the document.
    if (const Element hash = child(element.parent(), names.hash)) {
      attachment.hash = read_hash_of(hash, defects);
    }
    attachments.push_back(std::move(attachment));
  });
  if (const Element hash = child(document, names.hash)) {
    const HashText of_document = read_hash_of(hash, defects);
    if (attachments.size() == 1) attachments.front().hash = of_document;
  }
  return attachments;
}

void check_attachments(const std::vector<SentDocument>& documents, Defects& defects) {
  std::set<std::string, std::less<>> seen;
  for (const SentDocument& document : documents) {
    for (const Attachment& attachment : document.attachments) {
      if (attachment.content_id.empty() || seen.insert(attachment.content_id).second) continue;
      add(defects, "repeated-attachment", attachment.element,
          "Another attachment has the same address: each is unique in a transmission.");
    }
  }
}

void link_parts(Message& message, const Request& request, Defects& defects) {
  std::map<std::string_view, std::size_t> parts;
  for (std::size_t i = 0; i < request.parts.size(); ++i) {
    if (parts.emplace(request.parts[i].name, i).second) continue;
    add(defects, "duplicate-part", {}, "Two parts have the same Content-ID.");
  }
  const bool alone = parts.empty() && media_type(request.content_type) != "application/xop+xml";
  for (SentDocument& document : message.documents) {
    for (Attachment& attachment : document.attachments) {
      if (attachment.content_id.empty()) continue;
      const auto found = parts.find(attachment.content_id);
      if (found == parts.end()) {
        if (alone) continue;
        add(defects, "part-missing", attachment.element,
            "The message has no part with the Content-ID that this attachment names.");
        continue;
      }
      const std::size_t at = found->second;
      attachment.part = at;
      const std::string sent = media_type(request.parts[at].content_type);
      if (sent.empty() || sent == "application/octet-stream" || sent == attachment.format ||
          !attachment.format.contains('/')) {
        continue;
      }
      add(defects, "content-type-mismatch", attachment.element,
          "The part is sent as another type than the message says of it.");
    }
  }
  std::vector<bool> named(request.parts.size());
  for (const SentDocument& document : message.documents) {
    for (const Attachment& attachment : document.attachments) {
      if (attachment.part) named[*attachment.part] = true;
    }
  }
  for (const auto& [name, at] : parts) {
    if (named[at]) continue;
    add(defects, "part-unreferenced", {},
        "Part " + std::to_string(at + 1) + " is named by no document of the message.");
  }
}

}  // namespace heyan::court_adapters::ecf

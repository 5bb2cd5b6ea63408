// A message of Electronic Court Filing, read: SOAP 1.1 or bare, held against its schema and the
// rules that no schema says.
//
// Threat: the message is hostile. What it declares is kept as declared. Attachments that lie
// elsewhere are never fetched (security decision 32). Pure; a message belongs to one thread.
// Sources: ECF 5.0 CS01 and 4.01, their Web Services profiles, SOAP 1.1, XOP, RFC 2392.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "court_adapters/adapter.h"
#include "court_adapters/ecf/defects.h"
#include "court_adapters/ecf/hash_text.h"
#include "court_adapters/ecf/names.h"

namespace heyan::court_adapters::ecf {

// One file of a document.
struct Attachment {
  markup::Element element;
  std::string content_id;  // of the part that holds it; empty: none is named
  std::string format;      // as declared
  std::optional<std::uint64_t> size;
  HashText hash;
  std::shared_ptr<const core::Bytes> bytes;  // that stood in the message itself; null: none
  std::optional<std::size_t> part;           // of the request, once they are linked
};

struct SentDocument {
  markup::Element element;
  bool lead = false;
  std::string id;         // as declared; empty: none that can be shown
  std::string title;      // as declared
  std::string submitter;  // id of an element of the message
  std::vector<Attachment> attachments;
};

struct Message {
  markup::Document document;
  markup::Element operation;  // child of the SOAP body, or the root
  markup::Element root;       // the filing or callback
  bool enveloped = false;
  bool callback = false;
  std::string message_id;
  std::vector<SentDocument> documents;  // lead ones first
};

// The message, as far as an operation could be read; what is wrong is added to `defects`.
std::optional<Message> read_message(const Request& request, const Names& names,
                                    const core::Limits& limits, Defects& defects);

// The same of a message that was checked before and is answered: whatever can be told is.
std::optional<Message> open_message(const Request& request, const Names& names);

// Finds the parts that the attachments name. In a message that came alone, what is named is not
// delivered, which is no defect; in a multipart one every part is named once, and is there.
void link_parts(Message& message, const Request& request, Defects& defects);

}  // namespace heyan::court_adapters::ecf

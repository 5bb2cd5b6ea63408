// A message as a submission. Pure.
#pragma once

#include "court_adapters/ecf/message.h"

namespace heyan::court_adapters::ecf {

// An attachment as an item of the submission.
struct ListedItem {
  const SentDocument* document = nullptr;  // of the message that was listed
  const Attachment* attachment = nullptr;
  std::string id;    // the document's, where it is the first and no other has it; else a number;
                     // never two with one id
  std::string path;  // made here: nothing that was sent is ever a path
};
// Every attachment in the order of the message, delivered or not: the same message gives the same
// ids.
std::vector<ListedItem> list_items(const Message& message);

// The setting that names how messages call the courts of this installation: such an id is not put
// in the submission. "ID": it is of the court that sent it; "CODE ID": of the court of that code.
inline constexpr std::string_view kCourtIds = "court_ids";

// What CourtAdapter::decode says of messages of that version.
std::expected<Filing, Defects> read_filing(const Request& request, const Names& names,
                                           const core::Limits& limits);

}  // namespace heyan::court_adapters::ecf

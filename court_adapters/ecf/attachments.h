// The files of documents, as messages name them. Internal to court_adapters/ecf.
#pragma once

#include "court_adapters/ecf/message.h"

namespace heyan::court_adapters::ecf {

// Those of one document, in its order.
std::vector<Attachment> read_attachments(const markup::Element& document, const Names& names,
                                         Defects& defects);

// Each is named once in the message (ECF 5.0 rule 6.2.1).
void check_attachments(const std::vector<SentDocument>& documents, Defects& defects);

// "payload1@example" of "cid:payload1@example", "cid://payload1@example" and their escaped forms
// (RFC 2392); nothing of another address.
std::optional<std::string> content_id_of(std::string_view uri);

}  // namespace heyan::court_adapters::ecf

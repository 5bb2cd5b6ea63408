// multipart/related: a root and the parts that it names, as SOAP messages with attachments are sent
// (MTOM).
//
// Threat: parts are evidence, named by Content-ID alone: each stands once, no encoding is undone,
// no part is multipart itself, and the root that two readers could see differently is refused.
// Sources: RFC 2387, RFC 2392, XOP packaging (section 4.1). Not thread-safe; any thread.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "gateway/http/multipart.h"

namespace heyan::http {

struct RelatedPart {
  std::string content_id;    // without "<>"; empty only of a root that nothing names
  std::string content_type;  // as sent; empty: none
  bool root = false;
};

struct RelatedEvent {
  MultipartEvent::Kind kind = MultipartEvent::Kind::kMore;
  RelatedPart part;     // kPart
  core::ByteView data;  // kData
};

class RelatedParser {
 public:
  // kUnsupported where the Content-Type is another one. The root is the part that the parameter
  // start names; without it, the first.
  static core::Result<RelatedParser> create(std::string_view content_type,
                                            const MultipartLimits& limits);
  // kDuplicate: a Content-ID stands twice. kUnsupported: an encoding, a part in parts, a root of
  // another type than the parameter type says.
  core::Result<RelatedEvent> next(core::ByteView& input);
  // kNotFound where no part was the root. kTruncated.
  core::Result<void> finish() const;

 private:
  RelatedParser(std::string_view boundary, const MultipartLimits& limits)
      : parser_(boundary, limits), limits_(limits) {}
  core::Result<RelatedPart> read_part(const std::vector<Header>& fields);

  MultipartParser parser_;
  MultipartLimits limits_;
  std::optional<std::string> start_;
  std::string type_;  // media type of the root; empty: any
  std::set<std::string, std::less<>> ids_;
  bool first_ = true;
  bool root_seen_ = false;
};

}  // namespace heyan::http

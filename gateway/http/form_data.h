// multipart/form-data: parts with names, as browsers and command lines send files.
//
// Threat: names become paths in the case, so each is UTF-8 without controls and stands once; file
// names are data only, shown and never opened. Refused: a filename* that says anything but what
// filename says (RFC 7578 section 4.2 forbids it, some libraries write both), a
// Content-Transfer-Encoding that changes bytes (section 4.7), nested multipart (section 4.3),
// unknown or double parameters. Not thread-safe; any thread.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "gateway/http/multipart.h"

namespace heyan::http {

struct FormPart {
  std::string name;                      // not empty
  std::optional<std::string> file_name;  // as sent
  std::string content_type;              // as sent; empty where there is none
};

struct FormEvent {
  MultipartEvent::Kind kind = MultipartEvent::Kind::kMore;
  FormPart part;        // kPart
  core::ByteView data;  // kData
};

class FormDataParser {
 public:
  // kUnsupported where the Content-Type is another one.
  static core::Result<FormDataParser> create(std::string_view content_type,
                                             const MultipartLimits& limits);
  core::Result<FormEvent> next(core::ByteView& input);
  core::Result<void> finish() const { return parser_.finish(); }

 private:
  FormDataParser(std::string_view boundary, const MultipartLimits& limits)
      : parser_(boundary, limits), limits_(limits) {}
  core::Result<FormPart> read_part(const std::vector<Header>& fields);

  MultipartParser parser_;
  MultipartLimits limits_;
  std::set<std::string, std::less<>> names_;
};

// The last component of a client's file name, to show: no folders, controls or bidi characters.
// Empty where nothing is left.
std::string shown_file_name(std::string_view file_name);

}  // namespace heyan::http

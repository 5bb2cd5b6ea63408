// The names in which the versions of Electronic Court Filing differ. Internal to
// court_adapters/ecf*.
#pragma once

#include <span>
#include <string_view>

#include "court_adapters/ecf/schemas.h"

namespace heyan::court_adapters::ecf {

struct QName {
  std::string_view space;
  std::string_view name;
};

// A list of codes that the specification closes, and the element that takes one of them.
struct CodeList {
  QName element;
  std::span<const std::string_view> codes;
};

struct Names {
  Version version;
  std::string_view family;      // how the namespaces of this version begin
  std::string_view nc;          // NIEM core
  std::string_view j;           // its justice domain
  std::string_view structures;  // its ids and references
  std::string_view common;      // what messages of ECF share
  std::string_view wrappers;    // requests and responses of the Web Services profile

  QName filing;            // what a filer sends
  QName review_request;    // the request that holds it
  QName callback;          // what a court answers later
  QName callback_request;  // the request that holds that
  QName lead;              // documents of a filing
  QName connected;
  QName reviewed_lead;  // documents of a callback, or what holds them
  QName reviewed_connected;

  QName attachment;
  QName hash;  // of the document's content
  QName format;
  QName uri;
  QName inline_bytes;
  QName profile;
  std::span<const std::string_view> profiles;    // the last is what we send
  std::span<const std::string_view> references;  // attributes that hold ids, of `structures`
  std::span<const CodeList> code_lists;
};

const Names& names(Version version);

inline constexpr std::string_view kSoap = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr std::string_view kXop = "http://www.w3.org/2004/08/xop/include";

}  // namespace heyan::court_adapters::ecf

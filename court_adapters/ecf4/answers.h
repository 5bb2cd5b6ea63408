// The answers of ECF 4.01. Internal to court_adapters/ecf4. Pure.
#pragma once

#include "court_adapters/ecf/ecf_adapter.h"
#include "verifier/markup/draft.h"

namespace heyan::court_adapters::ecf4 {

// The namespaces in which they are written.
inline constexpr markup::Namespace kNc = {"http://niem.gov/niem/niem-core/2.0", "nc"};
inline constexpr markup::Namespace kJ = {"http://niem.gov/niem/domains/jxdm/4.0", "j"};
inline constexpr markup::Namespace kEcf = {
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:CommonTypes-4.0", "ecf"};
inline constexpr markup::Namespace kReceipt = {
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:MessageReceiptMessage-4.0", "receipt"};
inline constexpr markup::Namespace kCallback = {
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:ReviewFilingCallbackMessage-4.0",
    "callback"};
inline constexpr markup::Namespace kWrappers = {
    "urn:oasis:names:tc:legalxml-courtfiling:wsdl:WebServicesProfile-Definitions-4.0", "wsmp"};

// MessageReceiptMessage: the synchronous answer to every message.
Answer write_status(const Request& request, const ecf::Message& message, const ecf::Status& status);

// ReviewFilingCallbackMessage, once there is a report.
Answer write_callback(const Request& request, const ecf::Message& message, const Outcome& outcome);

// The parts of a message that every message begins with.
struct Head {
  std::string id;
  std::string asked;   // message id of the request
  std::string filing;  // empty: none
  std::int64_t at_ms = 0;
};
void add_head(const markup::DraftElement& message, const Head& head, const Request& request);

}  // namespace heyan::court_adapters::ecf4

// The answers of ECF 5.0. Internal to court_adapters/ecf5. Pure.
#pragma once

#include "court_adapters/ecf/ecf_adapter.h"
#include "verifier/markup/draft.h"

namespace heyan::court_adapters::ecf5 {

// The namespaces in which they are written.
inline constexpr markup::Namespace kNc = {"http://release.niem.gov/niem/niem-core/4.0/", "nc"};
inline constexpr markup::Namespace kJ = {"http://release.niem.gov/niem/domains/jxdm/6.1/", "j"};
inline constexpr markup::Namespace kCbrn = {"http://release.niem.gov/niem/domains/cbrn/4.1/",
                                            "cbrn"};
inline constexpr markup::Namespace kEcf = {
    "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/ecf", "ecf"};
inline constexpr markup::Namespace kWrappers = {
    "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/wrappers", "wrappers"};
inline constexpr markup::Namespace kCallback = {
    "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/reviewfilingcallback", "callback"};

// cbrn:MessageStatus, as the response to the message's operation (ECF 5.0 section 6.2.6).
Answer write_status(const Request& request, const ecf::Message& message, const ecf::Status& status);

// NotifyFilingReviewComplete, once there is a report.
Answer write_callback(const Request& request, const ecf::Message& message, const Outcome& outcome);

// nc:DocumentIdentification with its category and source.
void add_identification(const markup::DraftElement& to, std::string_view id,
                        std::string_view category, std::string_view source);

}  // namespace heyan::court_adapters::ecf5

// What answers of both versions share: envelope, fault, and what is repeated of a request. Pure.
#pragma once

#include <functional>

#include "court_adapters/ecf/message.h"
#include "verifier/markup/draft.h"

namespace heyan::court_adapters::ecf {

inline constexpr markup::Namespace kSoapSpace = {kSoap.data(), "soap"};

// Our own address as a major design element: the setting, or "urn:heyan".
inline constexpr std::string_view kAddress = "address";
std::string own_address(const Request& request);

// "2026-03-02T10:15:30.123Z".
std::string time_text(std::int64_t ms);

// The element in an envelope, or alone where the request came alone. `declared`: its namespaces.
Answer write_answer(int status, bool enveloped, const markup::Namespace& space, const char* name,
                    std::span<const markup::Namespace* const> declared,
                    const std::function<void(const markup::DraftElement&)>& fill);

// SOAP 1.1 section 4.4, with every defect in its detail: for messages of which no operation could
// be read.
Answer write_fault(std::span<const Defect> defects);

}  // namespace heyan::court_adapters::ecf

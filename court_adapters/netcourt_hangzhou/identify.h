// The check call of the court's chain, api/blockChain/indentify (spelt so there): is `content` the
// fingerprint that transaction `hash` holds? Query and answer alone; who answers needs a store of
// records, which an adapter has not.
//
// Source: the public documentation of a client (Lin07ux/net-court). Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "court_adapters/adapter.h"

namespace heyan::court_adapters::netcourt_hangzhou {

inline constexpr std::string_view kIdentifyPath = "api/blockChain/indentify";

struct Query {
  std::string content;  // fingerprint, 64 hexadecimal digits in small letters
  std::string hash;     // transaction, likewise
};

// A form (application/x-www-form-urlencoded) of these two fields, each once; others are refused.
// Defects, their pointer being the field's name: limit malformed-form duplicate-name unknown-name
// field-required bad-digest.
std::expected<Query, std::vector<Defect>> read_query(std::string_view form);

enum class Identified : std::uint8_t { kMatch, kMismatch, kNotFound };

// 200 OK, 409 CONFLICT (a result, no error), 404 NOT_FOUND, in the court's form.
Answer identify_answer(Identified identified);
// 400 BAD_REQUEST with every defect.
Answer bad_request(std::span<const Defect> defects);

}  // namespace heyan::court_adapters::netcourt_hangzhou

// The check call of the court's chain, api/blockChain/indentify (spelt so there): is `content` the
// fingerprint that transaction `hash` holds? It is answered from the records that were filed here
// by the asking court, never from the chain.
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
inline constexpr std::size_t kQueryBytes = 4'096;

struct Query {
  std::string content;  // fingerprint, 64 hexadecimal digits in small letters
  std::string hash;     // transaction, likewise
};

// A form (application/x-www-form-urlencoded) of these two fields, each once; others are refused.
// Defects, their pointer being the field's name: limit malformed-form duplicate-name unknown-name
// field-required bad-digest.
std::expected<Query, std::vector<Defect>> read_query(std::string_view form);

// What a record that was filed answers later queries from: its transaction as the key, its
// fingerprint as the value. Nothing where either is no SHA-256 in hexadecimal.
std::optional<Known> known_of(std::string_view content, std::string_view transaction);

// kDisagree: a transaction records one fingerprint, and the filed records name several; whose is
// wrong is not said, for anybody may file one.
enum class Identified : std::uint8_t { kMatch, kMismatch, kDisagree, kNotFound };

// `recorded`: the fingerprints that filed records name for the transaction.
Identified identify(const Query& query, std::span<const std::string> recorded);

// 200 OK, 409 CONFLICT (a result, no error), 404 NOT_FOUND, in the court's form. The text says no
// more than that the records that were filed here name that fingerprint, or another: the chain was
// not asked, so it is not the chain's own "not altered".
Answer identify_answer(Identified identified);
// 400 BAD_REQUEST with every defect.
Answer bad_request(std::span<const Defect> defects);

}  // namespace heyan::court_adapters::netcourt_hangzhou

// Members of a payload as XML says them. Internal to gateway/xml. Pure, any thread.
//
// A payload comes under a signature, and may be of another version: what is not there, or is of
// another kind, is left out.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>

#include "gateway/xml/vocabulary.h"
#include "verifier/core/json.h"

namespace heyan::xml {

using core::json::Value;

// The member, or null.
const Value& member(const Value& object, std::string_view name);
std::span<const Value> list(const Value& object, std::string_view name);
// A text, true, false or digits. Empty where there is none.
std::string scalar(const Value& value);
std::string scalar(const Value& object, std::string_view name);

// Attributes of these names, where the payload has such scalars.
void set_each(const Element& element, const Value& from, std::initializer_list<const char*> names);

// Letters, digits, '_' and '-': what can stand in a URN.
bool is_code(std::string_view text);
// 64 digits of lower-case hex.
bool is_sha256(std::string_view text);

// The algorithm of `digests` that is shown where there is room for one: SHA-256, else the next that
// add_digest can write. Empty: none.
std::string_view first_digest(const Value& digests);
// NAME of xades:DigestAlgAndValueType; nothing where the algorithm has no identifier in XML, or
// `hex` is none. False then.
bool add_digest(const Element& parent, const markup::Namespace& space, const char* name,
                std::string_view algorithm, std::string_view hex);

}  // namespace heyan::xml

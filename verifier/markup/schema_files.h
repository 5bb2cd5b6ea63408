// Schemas in memory, opened by name. Internal to verifier/markup.
#pragma once

#include <libxml/parser.h>

#include <span>
#include <string>

#include "verifier/markup/schema.h"

namespace heyan::markup {

// The address under which the library is given a file of `files`, which must not move while it is
// used. It names the memory in which they lie: the library's way to open things knows no other
// context. Only our own schemas are ever opened by address; documents have no way to name one.
std::string address_of(const std::span<const SchemaFile>& files, std::string_view name);

// The library's entity loader: such addresses, and nothing else in the world.
xmlParserInput* open_schema_file(const char* address, const char* id, xmlParserCtxt* context);

}  // namespace heyan::markup

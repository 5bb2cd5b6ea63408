#include "verifier/markup/schema_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "verifier/markup/library.h"

namespace heyan::markup {
namespace {

constexpr std::string_view kScheme = "heyan-memory://";

}  // namespace

std::string address_of(const std::span<const SchemaFile>& files, std::string_view name) {
  return fmt::format("{}{:x}/{}", kScheme, reinterpret_cast<std::uintptr_t>(&files), name);
}

xmlParserInput* open_schema_file(const char* address, const char* /*id*/, xmlParserCtxt* context) {
  std::string_view rest = address == nullptr ? std::string_view() : address;
  if (!rest.starts_with(kScheme)) return nullptr;
  rest.remove_prefix(kScheme.size());
  std::uintptr_t place = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), place, 16);
  if (error != std::errc() || end == rest.data() + rest.size() || *end != '/') return nullptr;
  const std::string_view name = rest.substr(static_cast<std::size_t>(end - rest.data()) + 1);
  const auto& files = *reinterpret_cast<const std::span<const SchemaFile>*>(place);
  const auto file = std::ranges::find(files, name, &SchemaFile::name);
  if (file == files.end()) return nullptr;
  xmlParserInputBuffer* const bytes = xmlParserInputBufferCreateMem(
      file->text.data(), static_cast<int>(file->text.size()), XML_CHAR_ENCODING_NONE);
  xmlParserInput* const input = xmlNewIOInputStream(context, bytes, XML_CHAR_ENCODING_NONE);
  if (input == nullptr) {
    xmlFreeParserInputBuffer(bytes);
    return nullptr;
  }
  input->filename = reinterpret_cast<const char*>(xmlStrdup(chars(address)));
  return input;
}

}  // namespace heyan::markup

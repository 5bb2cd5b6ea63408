#include "verifier/trust/table.h"

#include <algorithm>

#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/trust/document.h"
#include "verifier/trust/nearest.h"

namespace heyan::trust {
namespace {

// A person reads the list; a broken file of a million lines is cut here.
constexpr std::size_t kErrorsShown = 1000;

std::string quoted(std::string_view text) { return "'" + core::visible(text, 80) + "'"; }

std::string child_path(std::string_view path, std::string_view key) {
  std::string out(path);
  if (!out.empty() && !key.empty()) out += '.';
  return out + core::visible(key, 80);
}

std::string_view last_part(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Relative, in one spelling, and inside the folder of the document.
bool is_inside_folder(std::string_view path) {
  if (path.empty() || path.size() > 1024 || core::has_control(path)) return false;
  if (path.find('\\') != std::string_view::npos) return false;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

std::string to_string(const ConfigError& error) {
  std::string out = error.file;
  if (error.line != 0) out += ":" + std::to_string(error.line);
  out += ": ";
  if (!error.path.empty()) out += error.path + ": ";
  out += error.what + ".";
  if (!error.remedy.empty()) out += " " + error.remedy + ".";
  return out;
}

const Table::Node* Table::Node::find(std::string_view name) const {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &children[found->second];
}

std::uint32_t Table::Node::line_of(std::string_view name) const {
  const auto found = index.find(name);
  return found == index.end() ? line : name_lines[found->second];
}

void Table::Reading::record(std::uint32_t line, std::string path, std::string what,
                            std::string remedy) {
  if (errors.size() >= kErrorsShown) return;
  errors.push_back({file, line, std::move(path), std::move(what), std::move(remedy)});
}

const Table::Node* Table::ask(std::string_view key, Kind kind, std::string_view kind_name) {
  reading_->asked[node_].emplace(key);
  const Node* value = node_->find(key);
  if (value == nullptr) return nullptr;
  if (value->kind == kind) return value;
  defect(key, "must be " + std::string(kind_name));
  return nullptr;
}

bool Table::has(std::string_view key) const { return node_->find(key) != nullptr; }

std::optional<std::string> Table::text(std::string_view key) {
  const Node* value = ask(key, Kind::kText, "text in quotes");
  if (value == nullptr) return std::nullopt;
  if (core::has_control(value->text)) {
    defect(key, "holds a control or invisible character", "Type the text again");
    return std::nullopt;
  }
  return value->text;
}

std::optional<std::int64_t> Table::integer(std::string_view key) {
  const Node* value = ask(key, Kind::kInteger, "a whole number");
  return value == nullptr ? std::nullopt : std::optional(value->integer);
}

std::optional<bool> Table::boolean(std::string_view key) {
  const Node* value = ask(key, Kind::kBoolean, "true or false");
  return value == nullptr ? std::nullopt : std::optional(value->boolean);
}

std::optional<core::UtcTime> Table::time(std::string_view key) {
  const Node* value = ask(key, Kind::kTime,
                          "a date or a time with zone, without quotes, such as "
                          "2026-11-01T00:00:00Z");
  return value == nullptr ? std::nullopt : std::optional(value->time);
}

std::vector<std::string> Table::texts(std::string_view key) {
  const Node* value = ask(key, Kind::kArray, "an array of texts");
  std::vector<std::string> all;
  if (value == nullptr) return all;
  bool in_order = true;
  for (const Node& element : value->children) {
    if (element.kind == Kind::kText && !core::has_control(element.text)) {
      all.push_back(element.text);
    } else {
      in_order = false;
    }
  }
  if (!in_order) defect(key, "must be an array of texts");
  return all;
}

std::optional<Table> Table::table(std::string_view key) {
  const Node* value = ask(key, Kind::kTable, "a table");
  if (value == nullptr) return std::nullopt;
  reading_->asked[value];
  return Table(*value, *reading_, child_path(path_, key));
}

std::vector<Table> Table::tables(std::string_view key) {
  const std::string form = "a list of tables, each headed by [[" + std::string(key) + "]]";
  const Node* value = ask(key, Kind::kArray, form);
  std::vector<Table> all;
  if (value == nullptr) return all;
  for (std::size_t i = 0; i < value->children.size(); ++i) {
    const Node& element = value->children[i];
    if (element.kind != Kind::kTable) {
      defect(key, "must be " + form);
      return {};
    }
    reading_->asked[&element];
    all.emplace_back(element, *reading_, child_path(path_, key) + "[" + std::to_string(i) + "]");
  }
  return all;
}

std::vector<std::string> Table::keys() const {
  auto& asked = reading_->asked[node_];
  for (const std::string& name : node_->names) asked.insert(name);
  return node_->names;
}

std::optional<std::string> Table::required_text(std::string_view key) {
  const bool present = has(key);
  auto value = text(key);
  if (!present) {
    defect(key, "is missing");
  } else if (value && value->empty()) {
    defect(key, "is empty");
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> Table::word(std::string_view key,
                                       std::span<const std::string_view> allowed) {
  auto value = text(key);
  if (!value || std::ranges::find(allowed, *value) != allowed.end()) return value;
  std::string list;
  for (const std::string_view each : allowed) list += " " + std::string(each);
  defect(key,
         quoted(*value) + " is not known here; the nearest is '" +
             std::string(nearest(*value, allowed)) + "'",
         "Write one of:" + list);
  return std::nullopt;
}

std::optional<core::Bytes> Table::file(std::string_view key) {
  const auto path = text(key);
  return path ? read_file(key, *path) : std::nullopt;
}

std::optional<core::Bytes> Table::read_file(std::string_view key, std::string_view path) {
  if (!is_inside_folder(path)) {
    defect(key, quoted(path) + " is not a plain path inside the folder of this document",
           "Write a relative path with '/' and without '.', '..' or empty parts");
    return std::nullopt;
  }
  auto found = reading_->contents.find(path);
  if (found == reading_->contents.end()) {
    found = reading_->contents.emplace(std::string(path), (*reading_->files)(path)).first;
    if (found->second) {
      reading_->read.push_back({std::string(path), crypto::sha256(*found->second)});
    }
  }
  if (found->second) return *found->second;
  defect(key, "the file " + quoted(path) +
                  " cannot be read: " + std::string(found->second.error().text));
  return std::nullopt;
}

void Table::defect(std::string_view key, std::string what, std::string remedy) {
  reading_->record(node_->line_of(key), child_path(path_, key), std::move(what), std::move(remedy));
}

void Table::ignore(std::string_view key) {
  reading_->asked[node_].emplace(key);
  if (const Node* value = node_->find(key)) reading_->done.insert(value);
}

void Table::finish() {
  if (!reading_->done.insert(node_).second) return;
  const auto& asked = reading_->asked[node_];
  const std::vector<std::string_view> known(asked.begin(), asked.end());
  for (const std::string& name : node_->names) {
    if (asked.contains(name)) {
      finish_children(name);
      continue;
    }
    const std::string_view near = nearest(name, known);
    defect(name, "is no key of this table",
           near.empty() ? "" : "The nearest key is '" + std::string(near) + "'");
  }
}

void Table::finish_children(std::string_view key) {
  const Node& value = *node_->find(key);
  const std::string path = child_path(path_, key);
  const auto finish_taken = [this](const Node& node, std::string at) {
    if (reading_->asked.contains(&node)) Table(node, *reading_, std::move(at)).finish();
  };
  finish_taken(value, path);
  if (value.kind != Kind::kArray) return;
  for (std::size_t i = 0; i < value.children.size(); ++i) {
    finish_taken(value.children[i], path + "[" + std::to_string(i) + "]");
  }
}

Document::Document(std::string_view main_file, const FileReader& files)
    : reading_(std::string(last_part(main_file)), files) {
  auto content = files(main_file);
  if (!content) {
    reading_.record(0, "", "cannot be read: " + std::string(content.error().text), "");
    return;
  }
  reading_.read.push_back({reading_.file, crypto::sha256(*content)});
  auto root = parse_toml(reading_.file, core::as_text(*content));
  reading_.contents.emplace(reading_.file, *std::move(content));
  if (!root) {
    reading_.errors.push_back(std::move(root).error());
    return;
  }
  root_ = std::make_unique<const Table::Node>(*std::move(root));
}

Table Document::root() { return Table(*root_, reading_, ""); }

std::vector<ConfigError> Document::errors() const {
  std::multimap<std::uint32_t, ConfigError> by_line;  // keeps the order within a line
  for (const ConfigError& error : reading_.errors) by_line.emplace(error.line, error);
  std::vector<ConfigError> sorted;
  for (const auto& [line, error] : by_line) sorted.push_back(error);
  return sorted;
}

core::Bytes digest_of(std::span<const ReadFile> files) {
  core::Bytes all;
  for (const ReadFile& file : files) {
    const core::Bytes path = crypto::sha256(core::as_bytes(file.path));
    all.insert(all.end(), path.begin(), path.end());
    all.insert(all.end(), file.sha256.begin(), file.sha256.end());
  }
  return crypto::sha256(all);
}

}  // namespace heyan::trust

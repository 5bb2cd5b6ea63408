#include "court_adapters/micro_court/materials.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/core.h>

#include "court_adapters/micro_court/url.h"
#include "verifier/contents/safe_path.h"

namespace heyan::court_adapters::micro_court {
namespace {

constexpr std::string_view kSlots = "11800016-";
constexpr std::array<std::string_view, 7> kKnownSlots = {"11800016-1",  "11800016-2", "11800016-3",
                                                         "11800016-4",  "11800016-8", "11800016-9",
                                                         "11800016-254"};
constexpr std::size_t kMaxNameBytes = contents::kMaxPathPartBytes;

// The slot that an object lies in.
struct Slot {
  std::string code;
  std::string id;
};

std::string small(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

class MaterialsReader {
 public:
  MaterialsReader(const FilingIds& ids, const std::vector<std::string>& hosts,
                  const Reading& reading)
      : ids_(ids), hosts_(hosts), reading_(reading) {}

  // The JSON reader bounds depth and number of what is walked here.
  void walk(const Node& node, const Slot& around) {
    if (const auto* array = node.value()->as_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        walk({&(*array)[i], fmt::format("{}/{}", node.pointer(), i)}, around);
      }
      return;
    }
    const auto* object = node.value()->as_object();
    if (object == nullptr) return;
    Slot slot = around;
    const bool has_slot = node.at("cllx").given();
    if (is_file(node) && (has_slot || !around.code.empty())) {
      read_file(node, around);
      return;
    }
    if (has_slot && (node.at("ssclid").given() || node.at("id").given())) slot = read_slot(node);
    for (const auto& [name, value] : *object) {  // not at(name): that searches a wide object again
      walk({&value, node.pointer() + '/' + core::json::shown_pointer_token(name)}, slot);
    }
  }

  std::vector<Attachment> take() && { return std::move(files_); }

 private:
  static bool is_file(const Node& node) {
    return node.at("wjbh").given() || node.at("wjmc").given() || node.at("extname").given();
  }

  Slot read_slot(const Node& node) {
    const Slot slot{node.line(reading_, "cllx"),
                    node.line(reading_, node.at("ssclid").given() ? "ssclid" : "id")};
    check_slot(node.at("cllx"), slot.code);
    check_unique(node, node.at("ssclid").given() ? "ssclid" : "id", "slot\n" + slot.id);
    return slot;
  }

  void check_slot(const Node& node, const std::string& code) const {
    if (code.empty() || std::ranges::find(kKnownSlots, code) != kKnownSlots.end()) return;
    if (is_of(code, kSlots)) {
      reading_.remark("code-not-attested", node.pointer(),
                      fmt::format("The slot {} is not known here; its files are not taken as "
                                  "evidence.",
                                  quoted(code)));
    } else {
      reading_.defects.add(
          node.pointer(), "unknown-code",
          fmt::format("{} is no slot of dictionary {}: correct it.", quoted(code), kSlots));
    }
  }

  void read_file(const Node& node, const Slot& around) {
    Attachment file;
    file.pointer = node.pointer();
    file.id = node.line(reading_, "id");
    file.slot = node.line(reading_, "cllx");
    if (file.slot.empty()) {
      file.slot = around.code;
    } else if (around.code.empty()) {
      check_slot(node.at("cllx"), file.slot);
    } else {
      check_same(node, "cllx", file.slot, around.code, "slot");
    }
    check_same(node, "ssclid", node.line(reading_, "ssclid"), around.id, "list");
    check_belonging(node, ids_, reading_);
    file.name = read_name(node);
    file.key = read_key(node);
    read_url(node);
    file.order = node.line(reading_, "xh");
    check_unique(node, "id", file.id);
    check_unique(node, "wjbh", file.key);
    if (!file.order.empty()) {
      check_unique(node, "xh", fmt::format("{}\n{}\n{}", file.slot, around.id, file.order));
    }
    files_.push_back(std::move(file));
  }

  void check_same(const Node& node, std::string_view name, const std::string& given,
                  const std::string& expected, std::string_view what) const {
    if (given.empty() || expected.empty() || given == expected) return;
    reading_.defects.add(node.at(name).pointer(), "reference-mismatch",
                         fmt::format("The file names another {} ({}) than it lies in ({}).", what,
                                     quoted(given), quoted(expected)));
  }

  void check_unique(const Node& node, std::string_view name, const std::string& key) {
    if (key.empty() || seen_.emplace(name, key).second) return;
    reading_.defects.add(node.at(name).pointer(), "duplicate-key",
                         "Another file has the same value here: give each its own.");
  }

  std::string read_name(const Node& node) const {
    std::string name = node.required(reading_, "wjmc", "The file's name (wjmc)");
    const std::string where = node.at("wjmc").pointer();
    if (name.find_first_of("/\\") != std::string::npos || name == ".." || name == ".") {
      reading_.defects.add(where, "path-traversal",
                           fmt::format("{} is a path: give the name alone.", quoted(name)));
      return {};
    }
    if (name.size() > kMaxNameBytes) {
      reading_.defects.add(where, "limit",
                           fmt::format("A file's name has at most {} bytes.", kMaxNameBytes));
      return {};
    }
    const std::string shown = node.line(reading_, "name");
    if (!name.empty() && !shown.empty() && shown != name) {
      reading_.defects.add(node.at("name").pointer(), "reference-mismatch",
                           "name and wjmc are the same name: correct one of them.");
    }
    check_extension(node, "wjmc", name);
    return name;
  }

  // What follows the last point of a name or key is the extension that the record declares.
  void check_extension(const Node& node, std::string_view field, const std::string& name) const {
    const std::string extension = node.line(reading_, "extname");
    const std::string declared =
        small(extension.starts_with('.') ? extension.substr(1) : extension);
    const std::size_t dot = name.rfind('.');
    const std::string in_name = dot != std::string::npos ? small(name.substr(dot + 1)) : "";
    if (name.empty() || declared.empty() || declared == in_name) return;
    if (field == "wjbh" && in_name.empty()) return;  // a key needs none
    reading_.defects.add(node.at(field).pointer(), "extension-mismatch",
                         fmt::format("{} does not end with the extension that is declared ({}): "
                                     "correct one of them.",
                                     quoted(name), quoted(extension)));
  }

  std::string read_key(const Node& node) const {
    std::string key = node.required(reading_, "wjbh", "The file's storage key (wjbh)");
    const std::string path = node.line(reading_, "path");
    check_path(node.at("wjbh"), key);
    check_extension(node, "wjbh", key);
    check_path(node.at("path"), path);
    if (!path.empty() && !key.empty() && path != key) {
      reading_.defects.add(node.at("path").pointer(), "reference-mismatch",
                           "path and wjbh are the same storage key: correct one of them.");
    }
    return key;
  }

  void check_path(const Node& node, const std::string& path) const {
    if (path.empty()) return;
    if (const auto fault = contents::unsafe_path(path)) {
      reading_.defects.add(node.pointer(), "path-traversal",
                           fmt::format("The storage key {} {}.", quoted(path), *fault));
    }
  }

  void read_url(const Node& node) const {
    const std::string text = node.line(reading_, "url");
    if (text.empty()) return;
    const auto url = read_https_url(text);
    if (!url || std::ranges::find(hosts_, url->host) == hosts_.end()) {
      reading_.defects.add(node.at("url").pointer(), "host-not-allowed",
                           fmt::format("{} is no https URL of a host in the list allowed_hosts. "
                                       "Nothing is fetched from it.",
                                       quoted(text)));
      return;
    }
    if (!url->path.empty()) check_path(node.at("url"), url->path.substr(1));
  }

  const FilingIds& ids_;
  const std::vector<std::string>& hosts_;
  const Reading& reading_;
  std::vector<Attachment> files_;
  std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

std::vector<Attachment> read_materials(const Node& data, const FilingIds& ids,
                                       const std::vector<std::string>& allowed_hosts,
                                       const Reading& reading) {
  MaterialsReader reader(ids, allowed_hosts, reading);
  if (data.value() != nullptr) reader.walk(data, {});
  return std::move(reader).take();
}

}  // namespace heyan::court_adapters::micro_court

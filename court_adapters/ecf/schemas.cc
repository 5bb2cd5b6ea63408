#include "court_adapters/ecf/schemas.h"

#include <cstdlib>

namespace heyan::court_adapters::ecf {

// Generated: the files beneath schemas/.
std::span<const markup::SchemaFile> files_5_0();
std::span<const markup::SchemaFile> files_4_01();

namespace {

// What is built in either compiles or is not fit to be shipped: a test compiles both.
markup::SchemaSet compiled(std::span<const markup::SchemaFile> files) {
  auto set = markup::SchemaSet::compile(files, "all.xsd");
  if (!set) std::abort();
  return *std::move(set);
}

}  // namespace

const markup::SchemaSet& schemas(Version version) {
  if (version == Version::k50) {
    static const markup::SchemaSet kSet = compiled(files_5_0());
    return kSet;
  }
  static const markup::SchemaSet kSet = compiled(files_4_01());
  return kSet;
}

}  // namespace heyan::court_adapters::ecf

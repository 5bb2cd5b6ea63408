# Lists that nobody edits: a folder that is there is in them.
#   heyan_ledger_registry(TARGET NAME...)   a library whose ledgers::all() are the folders NAME, each a target heyan_ledgers_NAME
function(heyan_ledger_registry target)
  set(LEDGER_DECLARATIONS "")
  set(LEDGER_ENTRIES "")
  set(ledger_targets "")
  foreach(name ${ARGN})
    list(APPEND ledger_targets heyan_ledgers_${name})
    string(APPEND LEDGER_DECLARATIONS "namespace heyan::ledgers::${name} { const Ledger& ledger(); }\n")
    string(APPEND LEDGER_ENTRIES "      &${name}::ledger(),\n")
  endforeach()
  list(LENGTH ledger_targets LEDGER_COUNT)
  set(registry ${CMAKE_BINARY_DIR}/generated/ledgers/${target}.cc)
  configure_file(${CMAKE_SOURCE_DIR}/verifier/ledgers/registry.cc.in ${registry} @ONLY)
  add_library(${target} STATIC ${registry})
  target_link_libraries(${target} PUBLIC heyan_options heyan_trust heyan_crypto heyan_core heyan_schemas
                        PRIVATE ${ledger_targets})
endfunction()

#   heyan_adapter_registry(TARGET NAME...)   the same for court_adapters::all(); each a target heyan_court_adapters_NAME
function(heyan_adapter_registry target)
  set(ADAPTER_DECLARATIONS "")
  set(ADAPTER_ENTRIES "")
  set(adapter_targets "")
  foreach(name ${ARGN})
    list(APPEND adapter_targets heyan_court_adapters_${name})
    string(APPEND ADAPTER_DECLARATIONS "namespace heyan::court_adapters { class CourtAdapter; }\n"
                                       "namespace heyan::court_adapters::${name} { const CourtAdapter& adapter(); }\n")
    string(APPEND ADAPTER_ENTRIES "      &${name}::adapter(),\n")
  endforeach()
  list(LENGTH adapter_targets ADAPTER_COUNT)
  set(registry ${CMAKE_BINARY_DIR}/generated/court_adapters/${target}.cc)
  configure_file(${CMAKE_SOURCE_DIR}/court_adapters/registry.cc.in ${registry} @ONLY)
  add_library(${target} STATIC ${registry})
  target_link_libraries(${target} PUBLIC heyan_options heyan_contents heyan_core heyan_schemas
                        PRIVATE ${adapter_targets})
endfunction()

# Names of the subfolders of DIR that hold FILE, sorted.
function(heyan_folders_with out dir file)
  file(GLOB found CONFIGURE_DEPENDS RELATIVE ${dir} ${dir}/*/${file})
  list(TRANSFORM found REPLACE "/.*" "")
  list(SORT found)
  set(${out} ${found} PARENT_SCOPE)
endfunction()

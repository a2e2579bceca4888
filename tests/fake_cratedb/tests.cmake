# The stand-in CrateDB and what proves that it agrees with the recordings; README.md there.
find_package(Boost 1.74 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 2.1 REQUIRED)

add_executable(fake_cratedb
    "${CMAKE_CURRENT_LIST_DIR}/authenticator.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/canned_answers.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/cast.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/catalog.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/control.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/create_table.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/data_type.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/database.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/ddl_runner.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/engine.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/engine_storage.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/expression_functions.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/expression_literals.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/expression_operators.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/expression_primary.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/faults.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/from.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/functions.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/functions_aggregate.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/functions_array.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/functions_time.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/http.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/http_session.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/information_rows.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/insert_cast.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/insert_plan.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/insert_runner.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/json_tape.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/lexer.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/main.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/node.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/options.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/request.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/row_fault.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/select.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/server.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/sys_rows.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/system_tables.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/table.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/time_text.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/user_statements.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/users.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/utf8.cpp")
get_filename_component(fake_cratedb_root "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
target_include_directories(fake_cratedb PRIVATE "${fake_cratedb_root}")
target_link_libraries(fake_cratedb PRIVATE Boost::headers nlohmann_json::nlohmann_json
    SQLite::SQLite3 OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB Threads::Threads CLI11::CLI11)
# Benchmarks measure their client against it, so it is quick in a debug build too.
target_compile_options(fake_cratedb PRIVATE -O2)

# What tests start it with.
add_library(fake_crate STATIC
    "${CMAKE_CURRENT_LIST_DIR}/fake_crate.cpp" "${CMAKE_CURRENT_LIST_DIR}/../http/raw_client.cpp")
target_include_directories(fake_crate PUBLIC "${fake_cratedb_root}")
target_link_libraries(fake_crate PUBLIC Qt6::Core nlohmann_json::nlohmann_json)
target_compile_definitions(fake_crate PUBLIC FAKE_CRATEDB="$<TARGET_FILE:fake_cratedb>")
add_dependencies(fake_crate fake_cratedb)

facetrack_test(test_fake_cratedb_recordings TIMEOUT 300
    SOURCES fake_cratedb/test_fake_cratedb_recordings.cpp fake_cratedb/recordings.cpp
    LIBRARIES fake_crate ZLIB::ZLIB)
facetrack_test(test_fake_cratedb_faults SOURCES fake_cratedb/test_fake_cratedb_faults.cpp
    LIBRARIES fake_crate)
facetrack_test(test_fake_cratedb_server SOURCES fake_cratedb/test_fake_cratedb_server.cpp
    LIBRARIES fake_crate)

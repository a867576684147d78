# How a room of the house is built: one static library of the folder's sources, one test program of its *_test.cpp.

find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(postgres REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(spdlog REQUIRED IMPORTED_TARGET spdlog)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(openssl REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
find_library(hpdf_library hpdf REQUIRED)
if(LUYTRE_TESTS)
  find_package(GTest REQUIRED)
  enable_testing()
endif()

# Set in engines/ for what is not a test: it computes, on plain memory.
define_property(TARGET PROPERTY LUYTRE_ENGINE INITIALIZE_FROM_VARIABLE LUYTRE_ENGINE)

add_library(luytre_options INTERFACE)
target_include_directories(luytre_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(luytre_options INTERFACE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers)
# g++ 12 sees Asio's coroutine frames allocated by one of its functions and freed by another, and warns once it inlines both.
target_compile_options(luytre_options INTERFACE $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-mismatched-new-delete>)
target_compile_definitions(luytre_options INTERFACE
  BOOST_ASIO_DISABLE_BOOST_ARRAY BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_REGEX
  BOOST_ASIO_SEPARATE_COMPILATION)  # what is no template of it stands in platform/base/asio.cpp, once
target_link_libraries(luytre_options INTERFACE Threads::Threads)
find_program(LUYTRE_LLD ld.lld)
if(LUYTRE_LLD)  # links the programs of the tests in a tenth of the time of ld
  target_link_options(luytre_options INTERFACE -fuse-ld=lld)
endif()
if(LUYTRE_SANITIZE)
  target_compile_options(luytre_options INTERFACE -fsanitize=${LUYTRE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # A check of every pointer for null and alignment is half of the code of an unoptimised build. ASan stops at null, too, and only
  # the engines, which map files, cast memory: there the checks stay, and there -O1 is worth the time that compiling takes.
  target_compile_options(luytre_options INTERFACE $<IF:$<BOOL:$<TARGET_PROPERTY:LUYTRE_ENGINE>>,-O1,-fno-sanitize=null$<COMMA>alignment>)
  # clang 14 cannot emit its function-type check for coroutines ("Cannot represent a difference across sections").
  target_compile_options(luytre_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
  target_link_options(luytre_options INTERFACE -fsanitize=${LUYTRE_SANITIZE})
endif()

# Most of the time of a cold build went into reading the same headers and into their unused memory: they are compiled once, and
# g++ may let half a gigabyte pile up before it collects.
target_compile_options(luytre_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=524288>)
if(NOT EXISTS ${CMAKE_BINARY_DIR}/headers.cpp)
  file(TOUCH ${CMAKE_BINARY_DIR}/headers.cpp)
endif()
add_library(luytre_headers STATIC ${CMAKE_BINARY_DIR}/headers.cpp)
target_link_libraries(luytre_headers PUBLIC luytre_options Boost::headers Boost::json)
target_precompile_headers(luytre_headers PRIVATE ${CMAKE_SOURCE_DIR}/cmake/headers.h)
if(LUYTRE_TESTS)
  add_library(luytre_test_headers STATIC ${CMAKE_BINARY_DIR}/headers.cpp)
  target_link_libraries(luytre_test_headers PUBLIC luytre_options Boost::headers Boost::json GTest::gtest GTest::gmock)
  target_precompile_headers(luytre_test_headers PRIVATE ${CMAKE_SOURCE_DIR}/cmake/test_headers.h)
endif()
# luytre_precompiled(TARGET HEADERS): TARGET reads HEADERS (one of the two above) compiled. Engines, with flags of their own, read the headers themselves.
function(luytre_precompiled TARGET HEADERS)
  get_target_property(engine ${TARGET} LUYTRE_ENGINE)
  if(engine)
    return()
  endif()
  target_precompile_headers(${TARGET} REUSE_FROM ${HEADERS})
  # ccache sees what a precompiled header stands for.
  target_compile_options(${TARGET} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endfunction()

# luytre_optimised(FILE...): files of this folder through which the tests' rows pass by the ten million. With -O1 that takes a third of
# the time in a sanitizer build, and saves more than it costs to compile; the compiled headers are not for it.
function(luytre_optimised)
  if(LUYTRE_SANITIZE)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -O1 SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# luytre_room(NAME [DEPS target...]): library luytre_NAME from *.cpp here; program NAME_test from *_test.cpp here;
# migrations/*.sql compiled in as `luytre::NAME::migrations()` (embed_sql.cmake; the room's header declares it); testing.cpp, if there,
# becomes luytre_NAME_testing: what other rooms' tests need.
function(luytre_room NAME)
  cmake_parse_arguments(ROOM "" "" "DEPS;TEST_DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|/testing)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql)
  if(migrations)
    set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${NAME}_migrations.cpp)
    add_custom_command(OUTPUT ${embedded}
      COMMAND ${CMAKE_COMMAND} -DROOM=${NAME} -DOUTPUT=${embedded} "-DFILES=${migrations}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake
      DEPENDS ${migrations} ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake VERBATIM)
    list(APPEND sources ${embedded})
  endif()
  if(sources)
    add_library(luytre_${NAME} STATIC ${sources})
    target_link_libraries(luytre_${NAME} PUBLIC luytre_options ${ROOM_DEPS})
    luytre_precompiled(luytre_${NAME} luytre_headers)
  else()
    add_library(luytre_${NAME} INTERFACE)
    target_link_libraries(luytre_${NAME} INTERFACE luytre_options ${ROOM_DEPS})
  endif()
  if(LUYTRE_TESTS AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/testing.cpp)
    add_library(luytre_${NAME}_testing STATIC testing.cpp)
    target_link_libraries(luytre_${NAME}_testing PUBLIC luytre_${NAME} GTest::gtest)
    luytre_precompiled(luytre_${NAME}_testing luytre_test_headers)
  endif()
  if(LUYTRE_TESTS AND tests)
    add_executable(${NAME}_test ${tests})
    target_link_libraries(${NAME}_test PRIVATE luytre_${NAME} ${ROOM_TEST_DEPS} GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${NAME}_test PRIVATE
      LUYTRE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" LUYTRE_SHARED_DATA="${CMAKE_SOURCE_DIR}/../shared/data")
    set_target_properties(${NAME}_test PROPERTIES LUYTRE_ENGINE OFF)
    luytre_precompiled(${NAME}_test luytre_test_headers)
    add_test(NAME ${NAME} COMMAND ${NAME}_test)
  endif()
  if(LUYTRE_FUZZ)
    file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_fuzz.cpp)
    foreach(fuzzer ${fuzzers})
      get_filename_component(program ${fuzzer} NAME_WE)
      add_executable(${program} ${fuzzer})
      target_link_libraries(${program} PRIVATE luytre_${NAME})
      target_link_options(${program} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()

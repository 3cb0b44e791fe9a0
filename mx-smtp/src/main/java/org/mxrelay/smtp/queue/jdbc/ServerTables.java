package org.mxrelay.smtp.queue.jdbc;

import java.util.List;

/**
 * The tables of a store that several nodes share. Words in braces differ between products; no index
 * has a condition, since not all of them know such.
 */
final class ServerTables {

  /** Version 1. */
  static final List<String> FIRST =
      List.of(
          "CREATE TABLE IF NOT EXISTS mx_meta"
              + " (name VARCHAR(64) PRIMARY KEY, value BIGINT NOT NULL){table}",
          "INSERT INTO mx_meta (name, value) SELECT 'serial', 0"
              + " WHERE NOT EXISTS (SELECT 1 FROM mx_meta WHERE name = 'serial')",
          """
          CREATE TABLE IF NOT EXISTS mx_message (
            id BIGINT PRIMARY KEY,
            submission VARCHAR(64) NOT NULL UNIQUE,
            reverse_path {text} NOT NULL,
            options {text} NOT NULL,
            size BIGINT NOT NULL,
            wire_size BIGINT NOT NULL,
            eight_bit SMALLINT NOT NULL,
            queued_at BIGINT NOT NULL,
            ended_at BIGINT,
            chunks BIGINT,
            body {bytes}){table}
          """,
          "CREATE INDEX IF NOT EXISTS mx_message_ended ON mx_message (ended_at)",
          """
          CREATE TABLE IF NOT EXISTS mx_chunk (
            body BIGINT NOT NULL,
            part INTEGER NOT NULL,
            bytes {bytes} NOT NULL,
            PRIMARY KEY (body, part)){table}
          """,
          "CREATE TABLE IF NOT EXISTS mx_staging"
              + " (body BIGINT PRIMARY KEY, touched BIGINT NOT NULL){table}",
          """
          CREATE TABLE IF NOT EXISTS mx_destination (
            id BIGINT PRIMARY KEY,
            name VARCHAR(300) NOT NULL UNIQUE,
            next_due BIGINT,
            turn BIGINT NOT NULL,
            not_before BIGINT NOT NULL){table}
          """,
          "CREATE INDEX IF NOT EXISTS mx_destination_turn ON mx_destination (next_due, turn)",
          """
          CREATE TABLE IF NOT EXISTS mx_delivery (
            id BIGINT PRIMARY KEY,
            message BIGINT NOT NULL,
            destination BIGINT NOT NULL,
            state SMALLINT NOT NULL,
            due BIGINT NOT NULL,
            attempts INTEGER NOT NULL,
            claims INTEGER NOT NULL,
            token BIGINT NOT NULL,
            lease_until BIGINT,
            delay_noticed BIGINT,
            uncertain {text} NOT NULL,
            why {text} NOT NULL,
            hold_asked {text},
            cancel_asked {text},
            recipients {text} NOT NULL){table}
          """,
          // With the id, by which those of one line are ordered that are due together.
          "CREATE INDEX IF NOT EXISTS mx_delivery_line ON mx_delivery (destination, state, due, id)",
          "CREATE INDEX IF NOT EXISTS mx_delivery_message ON mx_delivery (message)",
          "CREATE INDEX IF NOT EXISTS mx_delivery_lease ON mx_delivery (state, lease_until)",
          "CREATE INDEX IF NOT EXISTS mx_delivery_due ON mx_delivery (state, due)",
          """
          CREATE TABLE IF NOT EXISTS mx_outcome (
            id BIGINT PRIMARY KEY,
            message BIGINT NOT NULL,
            recipient {text} NOT NULL,
            outcome VARCHAR(32) NOT NULL,
            attempts INTEGER NOT NULL,
            ended_at BIGINT NOT NULL,
            diagnostic {text} NOT NULL){table}
          """,
          "CREATE INDEX IF NOT EXISTS mx_outcome_message ON mx_outcome (message)",
          """
          CREATE TABLE IF NOT EXISTS mx_outbox (
            submission VARCHAR(64) PRIMARY KEY,
            reverse_path {text} NOT NULL,
            options {text} NOT NULL,
            size BIGINT NOT NULL,
            wire_size BIGINT NOT NULL,
            eight_bit SMALLINT NOT NULL,
            queued_at BIGINT NOT NULL,
            due BIGINT NOT NULL,
            staged BIGINT,
            chunks BIGINT,
            body {bytes}){table}
          """,
          """
          CREATE TABLE IF NOT EXISTS mx_outbox_line (
            submission VARCHAR(64) NOT NULL,
            destination VARCHAR(300) NOT NULL,
            recipients {text} NOT NULL,
            PRIMARY KEY (submission, destination)){table}
          """);

  private ServerTables() {}
}

"""From one declaration to table, lists, rights, masks, history, cards and API. It knows no kind."""

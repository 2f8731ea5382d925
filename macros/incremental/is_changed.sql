{# Whether the row of this hash changed since the last build. #}
{% macro is_changed(object_id) %}
    {{ return(
        object_id ~ ' in (select object_id from '
        ~ segment_stripe.sync_relation('sync_changed') ~ ')'
    ) }}
{% endmacro %}

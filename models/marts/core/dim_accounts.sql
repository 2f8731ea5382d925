with

final as (

    {{ account_names() | indent(4) }}

)

select * from final
